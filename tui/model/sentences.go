package model

import "slices"

// Note is one sentence about a step, with what it is about.
type Note struct {
	Sentence Sentence
	Facts    Facts
}

// In is the sentence in a language.
func (n Note) In(l Language) string { return sentences[n.Sentence].In(l, n.Facts) }

// Routine reports whether the sentence only says that work went on.
func (n Note) Routine() bool { return n.Sentence >= jobDone }

// Telling lists the state's notes from the most to the least telling: the first
// is the sentence that explains the step.
func (s *State) Telling() []Note {
	notes := slices.Clone(s.Notes)
	slices.SortStableFunc(notes, func(a, b Note) int { return int(a.Sentence - b.Sentence) })
	return notes
}

// Sentence numbers the sentences, the most telling first.
type Sentence int

// Those before jobDone tell of something out of the ordinary; the others, of
// work as it goes.
const (
	executorLost Sentence = iota
	executorLostBare
	jobFailed
	stageAgainLost
	stageAgainFetch
	stageAgain
	taskFetchFailed
	taskLost
	taskFailed
	taskAgain
	taskAgainLost
	executorExcluded
	executorExcludedAll
	executorIncluded
	stageFailed
	taskCopied
	taskStopped
	stageSkippedShuffle
	stageSkippedCached
	blockEvicted
	blockNoRoom
	blockLost
	recomputedLost
	recomputedEvicted
	recomputedNoRoom
	recomputedOther
	blockSpilled
	checkpointWritten
	persisted
	unpersisted
	stagePartial
	executorBack
	jobDone
	jobBegins
	stageBegins
	blockRead
	blockFirst
	taskDone
	taskBegins
	taskBeginsLocal
	sessionOpens
	sessionCloses
	executorJoins
	blockFreed
	readsNothing
	readsShuffle
	readsShuffles
	writesShuffle
	writesResult
	rowsFile
	rowsCache
	rowsInput
	rowsShuffleRead
	rowsCombined
	rowsShuffleWrite
	rowsOutput
	rowsResult
	nothingMoved
	onePartition
	manyPartitions
	howMany // sentences there are; keep it last
)

// sentences holds every sentence in both languages.
var sentences = [howMany]Message{
	executorLost: {
		"L'exécuteur {executor} est perdu ({cause}) : {blocks:bloc|blocs} du cache, dont {alone} sans autre copie, et {outputs:sortie|sorties} de brassage disparaissent avec lui.",
		"Executor {executor} is lost ({cause}): {blocks:cached block|cached blocks}, {alone} of them without another copy, and {outputs:shuffle output|shuffle outputs} go with it."},
	executorLostBare: {
		"L'exécuteur {executor} est perdu ({cause}), et {outputs:sortie|sorties} de brassage avec lui. Il ne gardait aucun bloc.",
		"Executor {executor} is lost ({cause}), and {outputs:shuffle output|shuffle outputs} with it. It kept no block."},
	jobFailed: {
		"Le job {job} échoue : {cause}.",
		"Job {job} fails: {cause}."},
	stageAgainLost: {
		"L'étape {stage} écrit à nouveau {partitions} du brassage {shuffle} : ces sorties étaient sur {executors} et n'y sont plus.",
		"Stage {stage} writes {partitions} of shuffle {shuffle} again: these outputs were on {executors} and are there no longer."},
	stageAgainFetch: {
		"L'étape {stage} recommence pour {partitions} : une de ses tâches n'avait pas trouvé le brassage qu'elle lit, il vient d'être réécrit.",
		"Stage {stage} runs again for {partitions}: one of its tasks had not found the shuffle it reads, which has just been written again."},
	stageAgain: {
		"L'étape {stage} recommence pour {partitions} : {cause}.",
		"Stage {stage} runs again for {partitions}: {cause}."},
	taskFetchFailed: {
		"La tâche {task} (étape {stage}, partition {partition}) ne trouve plus une sortie du brassage qu'elle lit ({cause}). L'étape qui l'a écrite doit recommencer.",
		"Task {task} (stage {stage}, partition {partition}) finds an output of the shuffle it reads gone ({cause}). The stage that wrote it must run again."},
	taskLost: {
		"La tâche {task} (étape {stage}, partition {partition}) est perdue avec l'exécuteur {executor} : elle recommencera ailleurs.",
		"Task {task} (stage {stage}, partition {partition}) is lost with executor {executor}: it will run again elsewhere."},
	taskFailed: {
		"La tâche {task} (étape {stage}, partition {partition}, essai {attempt}) échoue sur {executor} : {cause}.",
		"Task {task} (stage {stage}, partition {partition}, attempt {attempt}) fails on {executor}: {cause}."},
	taskAgain: {
		"La partition {partition} de l'étape {stage} recommence sur {executor} (tâche {task}) : la tâche {before} avait échoué sur {from} ({cause}).",
		"Partition {partition} of stage {stage} runs again on {executor} (task {task}): task {before} had failed on {from} ({cause})."},
	taskAgainLost: {
		"La partition {partition} de l'étape {stage} recommence sur {executor} (tâche {task}) : la tâche {before} a été perdue avec l'exécuteur {from}.",
		"Partition {partition} of stage {stage} runs again on {executor} (task {task}): task {before} was lost with executor {from}."},
	executorExcluded: {
		"L'exécuteur {executor} est exclu de l'étape {stage} : {failures:tâche y a échoué|tâches y ont échoué}. Il garde ses blocs, mais ne reçoit plus de tâche de cette étape.",
		"Executor {executor} is excluded from stage {stage}: {failures:task has|tasks have} failed there. It keeps its blocks, but gets no more task of this stage."},
	executorExcludedAll: {
		"L'exécuteur {executor} est exclu pour un temps de toute la session : {failures:tâche y a échoué|tâches y ont échoué}.",
		"Executor {executor} is excluded from the whole session for some time: {failures:task has|tasks have} failed there."},
	executorIncluded: {
		"L'exécuteur {executor} n'est plus exclu : il reçoit de nouveau des tâches.",
		"Executor {executor} is excluded no longer: it gets tasks again."},
	taskCopied: {
		"La tâche {task} est une copie, sur {executor}, de celle qui calcule la partition {partition} de l'étape {stage} et qui tarde : la première qui finit compte.",
		"Task {task} is a copy, on {executor}, of the one that computes partition {partition} of stage {stage} and takes long: the first to end counts."},
	taskStopped: {
		"La tâche {task} (étape {stage}, partition {partition}) est arrêtée sur {executor} : {cause}.",
		"Task {task} (stage {stage}, partition {partition}) is stopped on {executor}: {cause}."},
	stageFailed: {
		"L'étape {stage} échoue : {cause}.",
		"Stage {stage} fails: {cause}."},
	stageSkippedShuffle: {
		"L'étape {stage} est sautée : ses fichiers de brassage existent encore (brassage {shuffle}, écrit par l'étape {writer}). Elle le serait aussi sans cache.",
		"Stage {stage} is skipped: its shuffle files still exist (shuffle {shuffle}, written by stage {writer}). It would be without a cache as well."},
	stageSkippedCached: {
		"L'étape {stage} est sautée : tout ce qui lirait son brassage est en cache, ou sauté.",
		"Stage {stage} is skipped: everything that would read its shuffle is cached, or skipped."},
	blockEvicted: {
		"Le bloc {partition} de {dataset} est évincé de {executor} : un autre RDD avait besoin de la place ({used} pris sur {budget}).",
		"Block {partition} of {dataset} is evicted from {executor}: another RDD needed the room ({used} of {budget} taken)."},
	blockNoRoom: {
		"Le bloc {partition} de {dataset} n'est pas gardé sur {executor} : il n'y a pas la place ({used} pris sur {budget}), et un RDD n'évince pas ses propres blocs.",
		"Block {partition} of {dataset} is not kept on {executor}: there is no room ({used} of {budget} taken), and an RDD does not evict its own blocks."},
	blockLost: {
		"Le bloc {partition} de {dataset} n'est plus sur {executor} : il est perdu.",
		"Block {partition} of {dataset} is no longer on {executor}: it is lost."},
	recomputedLost: {
		"La tâche {task} recalcule la partition {partition} de {dataset} : son bloc a été perdu.",
		"Task {task} computes partition {partition} of {dataset} again: its block was lost."},
	recomputedEvicted: {
		"La tâche {task} recalcule la partition {partition} de {dataset} : son bloc avait été évincé.",
		"Task {task} computes partition {partition} of {dataset} again: its block had been evicted."},
	recomputedNoRoom: {
		"La tâche {task} recalcule la partition {partition} de {dataset} : la place avait manqué pour garder son bloc.",
		"Task {task} computes partition {partition} of {dataset} again: there had been no room to keep its block."},
	recomputedOther: {
		"La tâche {task} recalcule la partition {partition} de {dataset} : son bloc n'est plus là ({cause}).",
		"Task {task} computes partition {partition} of {dataset} again: its block is gone ({cause})."},
	blockSpilled: {
		"Le bloc {partition} de {dataset} passe de la mémoire au disque sur {executor} : la place en mémoire manquait.",
		"Block {partition} of {dataset} moves from memory to disk on {executor}: memory was short."},
	checkpointWritten: {
		"{dataset} est écrit en point de reprise ({files:fichier|fichiers}) : sa lignée est coupée.",
		"{dataset} is checkpointed ({files:file|files}): its lineage is cut."},
	persisted: {
		"{dataset} est marqué {level} : rien n'est encore stocké, la prochaine action qui le calcule le gardera.",
		"{dataset} is marked {level}: nothing is stored yet, the next action that computes it will keep it."},
	unpersisted: {
		"{dataset} n'est plus marqué : ses blocs sont libérés.",
		"{dataset} is no longer marked: its blocks are let go."},
	stagePartial: {
		"L'étape {stage} ne calcule que {tasks:partition|partitions} sur {total} : les autres sorties de brassage existent encore.",
		"Stage {stage} computes only {tasks:partition|partitions} of {total}: the other shuffle outputs still exist."},
	executorBack: {
		"L'exécuteur {executor} revient, vide : ce qu'il gardait est perdu.",
		"Executor {executor} comes back, empty: what it kept is lost."},
	jobDone: {
		"Le job {job} ({action}) est fini : {tasks:tâche|tâches}, {written:ligne écrite|lignes écrites} pour le brassage, {read:lue|lues}, {result:ligne envoyée|lignes envoyées} au pilote.",
		"Job {job} ({action}) is over: {tasks:task|tasks}, {written:row|rows} written to shuffles, {read} read, {result:row|rows} sent to the driver."},
	jobBegins: {
		"Le job {job} commence : {action} à {site}, {stages:étape|étapes}.",
		"Job {job} begins: {action} at {site}, {stages:stage|stages}."},
	stageBegins: {
		"L'étape {stage} ({name}) commence : {tasks:tâche|tâches} ; elle {reads} et {writes}.",
		"Stage {stage} ({name}) begins: {tasks:task|tasks}; it {reads} and {writes}."},
	blockRead: {
		"La tâche {task} lit le bloc {partition} de {dataset} dans le cache de {from} au lieu de le calculer.",
		"Task {task} reads block {partition} of {dataset} from the cache of {from} instead of computing it."},
	blockFirst: {
		"La tâche {task} calcule la partition {partition} de {dataset} pour la première fois ; elle est à garder.",
		"Task {task} computes partition {partition} of {dataset} for the first time; it is to be kept."},
	taskDone: {
		"La tâche {task} (étape {stage}, partition {partition}) finit sur {executor} : {moved}.",
		"Task {task} (stage {stage}, partition {partition}) ends on {executor}: {moved}."},
	taskBegins: {
		"La tâche {task} (étape {stage}, partition {partition}) commence sur {executor}.",
		"Task {task} (stage {stage}, partition {partition}) starts on {executor}."},
	taskBeginsLocal: {
		"La tâche {task} (étape {stage}, partition {partition}) commence sur {executor}, là où sont ses données.",
		"Task {task} (stage {stage}, partition {partition}) starts on {executor}, where its data are."},
	sessionOpens: {
		"La session {app} s'ouvre : {partitions:partition|partitions} par défaut.",
		"Session {app} opens: {partitions:partition|partitions} by default."},
	sessionCloses: {
		"La session se ferme : les blocs en cache et les sorties de brassage disparaissent.",
		"The session closes: cached blocks and shuffle outputs are gone."},
	executorJoins: {
		"L'exécuteur {executor} arrive : {cores:cœur|cœurs}, {memory} pour le cache.",
		"Executor {executor} joins: {cores:core|cores}, {memory} for the cache."},
	blockFreed: {
		"Le bloc {partition} de {dataset} est libéré sur {executor}.",
		"Block {partition} of {dataset} is let go on {executor}."},
	readsNothing:     {"ne lit aucun brassage", "reads no shuffle"},
	readsShuffle:     {"lit le brassage {list}", "reads shuffle {list}"},
	readsShuffles:    {"lit les brassages {list}", "reads shuffles {list}"},
	writesShuffle:    {"écrit le brassage {list}", "writes shuffle {list}"},
	writesResult:     {"rend le résultat du job", "returns the job's result"},
	rowsFile:         {"{rows:ligne lue|lignes lues} d'un fichier", "{rows:row|rows} read from a file"},
	rowsCache:        {"{rows:ligne lue|lignes lues} du cache", "{rows:row|rows} read from the cache"},
	rowsInput:        {"{rows:ligne lue|lignes lues} d'un fichier ou du cache", "{rows:row|rows} read from a file or the cache"},
	rowsShuffleRead:  {"{rows:ligne lue|lignes lues} du brassage", "{rows:row|rows} read from the shuffle"},
	rowsCombined:     {"{rows:ligne réunie|lignes réunies} en {written} par le combineur et écrites pour le brassage", "{rows:row|rows} combined into {written} and written to the shuffle"},
	rowsShuffleWrite: {"{rows:ligne écrite|lignes écrites} pour le brassage", "{rows:row|rows} written to the shuffle"},
	rowsOutput:       {"{rows:ligne écrite|lignes écrites} dans un fichier", "{rows:row|rows} written to a file"},
	rowsResult:       {"{rows:ligne envoyée|lignes envoyées} au pilote", "{rows:row|rows} sent to the driver"},
	onePartition:     {"la partition {list}", "partition {list}"},
	manyPartitions:   {"les partitions {list}", "partitions {list}"},
	nothingMoved:     {"aucune ligne déplacée", "no row moved"},
}
