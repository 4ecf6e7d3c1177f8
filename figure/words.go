package figure

import (
	"strings"

	"etincelle/grader/message"
)

// words says things in one language.
type words struct{ language message.Language }

func (w words) say(t message.Text, facts message.Facts) string { return t.Fill(w.language, facts) }

// rows is a number of rows with its word.
func (w words) rows(n int64) string { return w.say(rowsText, message.Facts{"rows": n}) }

// sentence says something of a thing.
func (w words) sentence(head, rest string) string {
	return w.say(saidText, message.Facts{"head": head, "rest": rest})
}

// list joins parts with commas.
func list(parts ...string) string {
	var all []string
	for _, p := range parts {
		if p != "" {
			all = append(all, p)
		}
	}
	return strings.Join(all, ", ")
}

var titles = map[Kind]message.Text{
	Stages:     message.Both("Étapes et brassages", "Stages and shuffles"),
	Partitions: message.Both("Lignes par partition", "Rows by partition"),
	Storage:    message.Both("Ce que gardent les exécuteurs", "What the executors keep"),
	Arrivals:   message.Both("Temps d'événement et arrivée", "Event time and arrival"),
	Modes:      message.Both("Ce qu'écrit chaque mode, lot par lot", "What each mode writes, batch by batch"),
	Model:      message.Both("Un flux est une table qui grandit", "A stream is a table that grows"),
	Delays:     message.Both("Ce que coûte le délai du filigrane", "What the watermark's delay costs"),
	State:      message.Both("Lignes de l'état, lot après lot", "Rows of the state, batch after batch"),
}

var (
	rowsText    = message.Both("{rows:ligne|lignes}", "{rows:row|rows}")
	saidText    = message.Both("{head} : {rest}", "{head}: {rest}")
	jobText     = message.Both("Job {job} : {about}", "Job {job}: {about}")
	jobFailed   = message.Both("échoué : {cause}", "failed: {cause}")
	stageText   = message.Both("Étape {stage}", "Stage {stage}")
	tasksText   = message.Both("{tasks:tâche|tâches}", "{tasks:task|tasks}")
	failedTasks = message.Both("{tasks:tâche échouée|tâches échouées}", "{tasks:failed task|failed tasks}")
	attempts    = message.Both("{attempts:essai|essais}", "{attempts:attempt|attempts}")
	skippedText = message.Both("sautée", "skipped")
	notRun      = message.Both("non lancée", "not run")
	writtenBy   = message.Both("déjà écrit par l'étape {stage}", "already written by stage {stage}")
	notNeeded   = message.Both("rien n'en est relu", "nothing reads it")

	readsText    = message.Both("lit {rows:ligne|lignes}", "reads {rows:row|rows}")
	combinesText = message.Both("combine {rows:ligne|lignes} en {written}", "combines {rows:row|rows} into {written}")
	returnsText  = message.Both("rend {rows:ligne|lignes} au pilote", "returns {rows:row|rows} to the driver")
	shuffleText  = message.Both("brassage {shuffle}", "shuffle {shuffle}")
	toStage      = message.Both("vers l'étape {stage}", "to stage {stage}")

	meaningText = map[meaning]message.Text{
		rowsRead:     message.Both("lues", "read"),
		rowsShuffled: message.Both("avant le brassage", "before the shuffle"),
		rowsReturned: message.Both("rendues au pilote", "returned to the driver"),
	}
	uncountedText  = message.Both("aucune ligne comptée", "no row counted")
	partitionsText = message.Both("{partitions:partition|partitions}", "{partitions:partition|partitions}")
	partitionText  = message.Both("partition {partition}", "partition {partition}")
	imbalanceText  = message.Both("plus grande sur moyenne : {ratio}", "largest over mean: {ratio}")
	meanText       = message.Both("moyenne", "mean")
	moreText       = message.Both("et {more} de plus", "and {more} more")

	executorText = message.Both("Exécuteur {executor}", "Executor {executor}")
	coresText    = message.Both("{cores:cœur|cœurs}", "{cores:core|cores}")
	lostText     = message.Both("perdu : {cause}", "lost: {cause}")
	memoryText   = message.Both("mémoire : {used} sur {budget}", "memory: {used} of {budget}")
	diskText     = message.Both("disque : {used}", "disk: {used}")
	goneText     = message.Both("ne sont plus là", "no longer there")
	nothingText  = message.Both("rien", "nothing")
	replicaText  = message.Both("copie", "copy")
	evictedText  = message.Both("évincé", "evicted")
	noRoomText   = message.Both("pas de place", "no room")
	goneLostText = message.Both("perdu", "lost")
	keptText     = message.Both("{dataset} est gardé en {level} : {stored} sur {partitions:partition|partitions}", "{dataset} is kept in {level}: {stored} of {partitions:partition|partitions}")
)
