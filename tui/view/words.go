package view

import "etincelle/tui/model"

// word numbers the words of the screens: all that is not a sentence about a
// step (those are the model's).
type word int

const (
	// Titles, the header, the line of jobs.
	titleLineage word = iota
	titleStages
	titleStorage
	titleShuffle
	titleWhy
	jobAt
	noJob
	taskOf
	jobs
	running
	failedJob

	// Lineage.
	stageNumber
	stageSkipped
	seenAbove
	checkpointed
	lineageCut
	legendEdges
	legendMarks
	legendBlocks
	legendCells
	noLineage

	// Stages and tasks.
	waits
	waitsFor
	stageFailed
	stageCut
	skippedBy
	skippedCached
	shuffleCounts
	rowCounts
	lanes
	task
	partition
	executor
	attempt
	read
	written
	readInput
	readShuffle
	beforeCombine
	toDriver
	duration
	sizesOf
	sizesSkew
	sizesMore

	// Storage and shuffle.
	cacheCounts
	heldBy
	heldOf
	excluded
	excludedAll
	held
	lostExecutor
	nothingKept
	noLevel
	shuffleNumber
	shuffleRows
	uncombined
	uncombinedYet
	shuffleOfStage
	total
	moreReaders
	lostWriter
	lostSession
	noShuffle
	noShuffleYet

	// Sentences, prompts and notices.
	atTheStart
	askedTask
	askedText
	smallWindow

	// Plain text.
	plainTitle
	plainJob
	plainFailed
	plainCut
	plainLineage
	plainDataset
	plainNarrow
	plainShuffled
	plainLevel
	plainStage
	plainStageFailed
	plainSkipped
	plainNotRun
	plainAttempts
	plainTask
	plainTaskFailed
	plainTaskCut
	plainCounters
	plainShuffle
	plainShuffleYet
	plainWriter
	plainWriterLost
	plainReaders
	plainKept
	plainBlock
	plainExecutor
	plainExecutorLost
	plainExcluded
	everyStage
	plainStory
	blockInMemory
	blockOnDisk
	blockLost
	blockEvicted
	blockRefused
	blockAgain
	blockCopy
	wordCount // words there are; keep it last
)

func both(french, english string) model.Message {
	return model.Message{French: french, English: english}
}

// words holds every word in both languages.
var words = [wordCount]model.Message{
	titleLineage: both("Lignée", "Lineage"),
	titleStages:  both("Étapes et tâches", "Stages and tasks"),
	titleStorage: both("Stockage", "Storage"),
	titleShuffle: both("Brassage écrivain→lecteur", "Shuffle writer→reader"),
	titleWhy:     both("Pourquoi ?", "Why?"),
	jobAt:        both("job {job} · {action} à {site}", "job {job} · {action} at {site}"),
	noJob:        both("pas encore de job", "no job yet"),
	taskOf:       both("{n}/{total} tâches", "{n}/{total} tasks"),
	jobs:         both("jobs", "jobs"),
	running:      both("en cours", "running"),
	failedJob:    both("échec", "failed"),

	stageNumber:  both("étape {stage}", "stage {stage}"),
	stageSkipped: both("SAUTÉE", "SKIPPED"),
	seenAbove:    both("voir plus haut", "see above"),
	checkpointed: both("point de reprise", "checkpoint"),
	lineageCut:   both("coupe {datasets} RDD", "cuts {datasets:RDD|RDDs}"),
	legendEdges:  both("+ large (brassage)  ─ étroite", "+ wide (shuffle)  ─ narrow"),
	legendMarks:  both("● à garder, gardées/toutes  ◆ point de reprise", "● to keep, kept/all  ◆ checkpoint"),
	legendBlocks: both("▣ mémoire  ▤ disque  ↻ recalculé  ✗ perdu  □ non gardé  ×2 + copie (_2)", "▣ memory  ▤ disk  ↻ computed again  ✗ lost  □ not kept  ×2 + copy (_2)"),
	legendCells:  both("✔ finie  ▶ en cours  ✗ échouée  = sautée  ⊘ arrêtée, exclu  + copie d'une tâche lente  ? coupée", "✔ done  ▶ running  ✗ failed  = skipped  ⊘ stopped, excluded  + copy of a slow task  ? cut off"),
	noLineage:    both("La lignée paraît au premier job.", "The lineage shows with the first job."),

	waits:         both("attend", "waits"),
	waitsFor:      both("attend {stages}", "waits for {stages}"),
	stageFailed:   both("ÉCHEC", "FAILED"),
	stageCut:      both("coupée", "cut off"),
	skippedBy:     both("SAUTÉE (brassage {shuffle} gardé, écrit par l'étape {writer})", "SKIPPED (shuffle {shuffle} kept, written by stage {writer})"),
	skippedCached: both("SAUTÉE (ses lecteurs sont en cache)", "SKIPPED (its readers are cached)"),
	shuffleCounts: both("brassage : écrit {written} · lu {read}", "shuffle: written {written} · read {read}"),
	rowCounts:     both("sans combineur {combined} · au pilote {result}", "without combiner {combined} · to driver {result}"),
	lanes:         both("chronologie : un cran = un début ou une fin de tâche", "timeline: one mark = a task's start or end"),
	sizesOf:       both("partitions de l'étape {stage} par lignes lues : {most} au plus, médiane {median}", "partitions of stage {stage} by rows read: {most} at most, median {median}"),
	sizesSkew:     both("(×{times})", "(×{times})"),
	sizesMore:     both("      … et {n:autre|autres}", "      … and {n:other|others}"),
	task:          both("tâche", "task"),
	partition:     both("part", "part"),
	executor:      both("exéc.", "exec."),
	attempt:       both("essai", "try"),
	read:          both("lus", "read"),
	written:       both("écrits", "wrote"),
	readInput:     both("entrée", "input"),
	readShuffle:   both("br. lu", "sh.read"),
	beforeCombine: both("à comb.", "to comb"),
	toDriver:      both("pilote", "driver"),
	duration:      both("durée", "time"),

	cacheCounts:    both("cache : succès {hits} · défauts {misses} · évictions {evictions}", "cache: hits {hits} · misses {misses} · evictions {evictions}"),
	heldBy:         both("{executor} {memory} sur {budget}", "{executor} {memory} of {budget}"),
	heldOf:         both("{memory} sur {budget}", "{memory} of {budget}"),
	excluded:       both("⊘ exclu (étape {stages})", "⊘ excluded (stage {stages})"),
	excludedAll:    both("⊘ exclu", "⊘ excluded"),
	held:           both("+ {disk} disque", "+ {disk} disk"),
	lostExecutor:   both("{executor} PERDU", "{executor} LOST"),
	nothingKept:    both("Aucun RDD n'est à garder.", "No RDD is to be kept."),
	noLevel:        both("sans niveau", "no level"),
	shuffleNumber:  both("n° {shuffle}", "no. {shuffle}"),
	shuffleRows:    both("{rows:ligne|lignes}", "{rows:row|rows}"),
	uncombined:     both("sans combineur {rows}", "without combiner {rows}"),
	uncombinedYet:  both("sans combineur : attente", "without combiner: pending"),
	shuffleOfStage: both("n° {shuffle} de l'étape {stage}", "no. {shuffle} of stage {stage}"),
	total:          both("total", "total"),
	moreReaders:    both("{readers:lecteur|lecteurs} de plus", "{readers:reader|readers} more"),
	lostSession:    both("parti avec la session", "gone with the session"),
	lostWriter:     both("perdu avec {executor}", "lost with {executor}"),
	noShuffleYet:   both("Rien n'est encore brassé.", "Nothing is shuffled yet."),
	noShuffle:      both("Aucun brassage dans ce job.", "No shuffle in this job."),

	atTheStart:  both("Le début de l'enregistrement : {facts:fait|faits}, {tasks:tâche|tâches}. n avance d'un pas.", "The start of the recording: {facts:fact|facts}, {tasks:task|tasks}. n goes one step forward."),
	askedTask:   both("Aller à la fin de la n-ième tâche, n = ", "Go to the end of the n-th task, n = "),
	askedText:   both("Chercher (RDD, fichier:ligne, phrase) : ", "Search (RDD, file:line, sentence): "),
	smallWindow: both("{width}×{height} : un panneau à la fois (Tab) ; 80×24 les montre tous.", "{width}×{height}: one panel at a time (Tab); 80×24 shows them all."),

	plainTitle:        both("{title} : {facts:fait|faits}, {tasks:tâche|tâches}.", "{title}: {facts:fact|facts}, {tasks:task|tasks}."),
	plainJob:          both("Job {job}, {action} à {site} : réussi.", "Job {job}, {action} at {site}: succeeded."),
	plainFailed:       both("Job {job}, {action} à {site} : échec : {error}", "Job {job}, {action} at {site}: failed: {error}"),
	plainCut:          both("Job {job}, {action} à {site} : l'enregistrement s'arrête avant sa fin.", "Job {job}, {action} at {site}: the recording stops before its end."),
	plainLineage:      both("Lignée :", "Lineage:"),
	plainDataset:      both("{dataset}, {class}, {site}, {partitions:partition|partitions}", "{dataset}, {class}, {site}, {partitions:partition|partitions}"),
	plainNarrow:       both("dépendance étroite : {dataset}, {class}, {site}, {partitions:partition|partitions}", "narrow dependency: {dataset}, {class}, {site}, {partitions:partition|partitions}"),
	plainSkipped:      both("Étape {stage} ({name}) : {total:tâche|tâches}, ", "Stage {stage} ({name}): {total:task|tasks}, "),
	plainShuffled:     both("dépendance large, brassage {shuffle} : {dataset}, {class}, {site}, {partitions:partition|partitions}", "wide dependency, shuffle {shuffle}: {dataset}, {class}, {site}, {partitions:partition|partitions}"),
	plainLevel:        both(", à garder en {level}", ", to keep as {level}"),
	plainStage:        both("Étape {stage} ({name}) : {done} sur {total:partition|partitions}", "Stage {stage} ({name}): {done} of {total:partition|partitions}"),
	plainStageFailed:  both(", échec : {error}", ", failed: {error}"),
	plainNotRun:       both(", n'a pas tourné", ", did not run"),
	plainAttempts:     both(", en {attempts:tentative|tentatives}", ", in {attempts:attempt|attempts}"),
	plainTask:         both("tâche {task}, partition {partition}, exécuteur {executor}, essai {attempt} : réussie, {read:ligne lue|lignes lues}, {written:écrite|écrites}, {result:envoyée|envoyées} au pilote", "task {task}, partition {partition}, executor {executor}, attempt {attempt}: succeeded, {read:row|rows} read, {written} written, {result} sent to the driver"),
	plainTaskFailed:   both("tâche {task}, partition {partition}, exécuteur {executor}, essai {attempt} : échec : {error}", "task {task}, partition {partition}, executor {executor}, attempt {attempt}: failed: {error}"),
	plainTaskCut:      both("tâche {task}, partition {partition}, exécuteur {executor}, essai {attempt} : sa fin n'est pas connue", "task {task}, partition {partition}, executor {executor}, attempt {attempt}: its end is not known"),
	plainCounters:     both("Compteurs du job : brassage {written:ligne écrite|lignes écrites}, {read:lue|lues} ; sans combineur {combined} ; au pilote {result} ; cache : succès {hits}, défauts {misses}, évictions {evictions}", "The job's counters: shuffle {written:row|rows} written, {read} read; without combiner {combined}; to the driver {result}; cache: hits {hits}, misses {misses}, evictions {evictions}"),
	plainShuffle:      both("Brassage {shuffle} : {writers:écrivain|écrivains}, {readers:lecteur|lecteurs}, {rows:ligne|lignes}, sans combineur {combined}", "Shuffle {shuffle}: {writers:writer|writers}, {readers:reader|readers}, {rows:row|rows}, without combiner {combined}"),
	plainShuffleYet:   both("Brassage {shuffle} : {writers:écrivain|écrivains}, {readers:lecteur|lecteurs}, {rows:ligne|lignes}", "Shuffle {shuffle}: {writers:writer|writers}, {readers:reader|readers}, {rows:row|rows}"),
	plainWriter:       both("écrivain {map} sur {executor} : {rows} = {total}", "writer {map} on {executor}: {rows} = {total}"),
	plainWriterLost:   both("écrivain {map} : perdu avec {executor}", "writer {map}: lost with {executor}"),
	plainReaders:      both("par lecteur : {rows} = {total}", "by reader: {rows} = {total}"),
	plainKept:         both("Stockage de {dataset}, {level} : {held} sur {partitions:partition|partitions}", "Storage of {dataset}, {level}: {held} of {partitions:partition|partitions}"),
	plainBlock:        both("partition {partition} sur {executor} : {where}", "partition {partition} on {executor}: {where}"),
	plainExecutor:     both("Exécuteur {executor} : {memory} de cache sur {budget}, {disk} sur disque", "Executor {executor}: {memory} of cache out of {budget}, {disk} on disk"),
	plainExecutorLost: both("Exécuteur {executor} : perdu ({error})", "Executor {executor}: lost ({error})"),
	plainExcluded:     both("exclu : des tâches y ont échoué (étapes : {stages})", "excluded: tasks have failed there (stages: {stages})"),
	everyStage:        both("toutes", "all"),
	plainStory:        both("Pourquoi :", "Why:"),
	blockInMemory:     both("en mémoire, {memory}", "in memory, {memory}"),
	blockOnDisk:       both("sur disque, {disk}", "on disk, {disk}"),
	blockLost:         both("perdue", "lost"),
	blockEvicted:      both("évincée", "evicted"),
	blockRefused:      both("pas gardée, faute de place", "not kept, for want of room"),
	blockAgain:        both("recalculée", "computed again"),
	blockCopy:         both("copie", "copy"),
}
