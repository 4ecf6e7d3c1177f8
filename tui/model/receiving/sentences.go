package receiving

import (
	"strings"

	"etincelle/grader/message"
)

// The sentences about a step.
var (
	programStarts     = message.Both("Le programme commence : un lot toutes les {batch} s, un bloc toutes les {block} ms.", "The program starts: a batch each {batch} s, a block each {block} ms.")
	programEnds       = message.Both("Le programme s'arrête.", "The program stops.")
	programFails      = message.Both("Le programme s'arrête : {error}.", "The program stops: {error}.")
	stalled           = message.Both("Aucun lot n'est traité : {error}.", "No batch is processed: {error}.")
	driverDies        = message.Both("Le pilote meurt, et ses exécuteurs avec lui : {cut:lot n'était pas fini|lots n'étaient pas finis}. Des blocs reçus qui n'étaient pas traités, {logged:est|sont} dans le journal (WAL) et {gone:n'est|ne sont} plus nulle part.", "The driver dies, and its executors with it: {cut:batch was|batches were} not over. Of the received blocks that were not processed, {logged:is|are} in the log (WAL) and {gone:is|are} nowhere any more.")
	driverBack        = message.Both("Un nouveau pilote reprend au point de reprise : il refait les lots {list}. Il n'a rien reçu pendant {away} s.", "A new driver goes on from the checkpoint: it runs batches {list} again. It received nothing for {away} s.")
	driverAfresh      = message.Both("Un nouveau pilote commence sans rien savoir de l'ancien : il n'y a pas de point de reprise.", "A new driver starts and knows nothing of the old one: there is no checkpoint.")
	receiverStarts    = message.Both("Le récepteur {name} démarre sur {executor} et y prend un cœur.", "Receiver {name} starts on {executor} and takes a core there.")
	receiverAgain     = message.Both("Le récepteur {name} redémarre sur {executor} : ce qu'il n'avait pas encore mis dans un bloc est perdu.", "Receiver {name} starts again on {executor}: what it had not put into a block yet is lost.")
	receiverStops     = message.Both("Le récepteur {stream} s'arrête sur {executor} : {error}.", "Receiver {stream} stops on {executor}: {error}.")
	receiverSays      = message.Both("Le récepteur {stream} signale : {error}.", "Receiver {stream} reports: {error}.")
	executorDies      = message.Both("L'exécuteur {executor} meurt ({error}) : il tenait {blocks:bloc reçu|blocs reçus} ; {waiting:n'était pas encore traité|n'étaient pas encore traités}, et {only:n'avait|n'avaient} ni autre copie ni journal.", "Executor {executor} dies ({error}): it held {blocks:received block|received blocks}; {waiting:was|were} not processed yet, and {only:had|had} neither another copy nor a log.")
	blocksStored      = message.Both("{blocks:bloc reçu|blocs reçus} depuis le pas d'avant : {rows:ligne|lignes}.", "{blocks:block|blocks} received since the step before: {rows:row|rows}.")
	batchDue          = message.Both("Le lot {at} s est dû : {rows:ligne|lignes} en {blocks:bloc|blocs}, donc {blocks:tâche|tâches} à la première étape.", "Batch {at} s is due: {rows:row|rows} in {blocks:block|blocks}, so {blocks:task|tasks} in the first stage.")
	batchDueAgain     = message.Both("Le lot {at} s est à refaire : {rows:ligne|lignes} en {blocks:bloc|blocs}.", "Batch {at} s is to run again: {rows:row|rows} in {blocks:block|blocks}.")
	batchQueued       = message.Both("Il attend : {waiting:lot n'est pas fini|lots ne sont pas finis} avant lui.", "It waits: {waiting:batch is|batches are} not over before it.")
	batchStarts       = message.Both("Le lot {at} s commence, {delay} ms après son heure (délai d'ordonnancement).", "Batch {at} s starts, {delay} ms after its time (scheduling delay).")
	batchDone         = message.Both("Le lot {at} s est fini : {processing} ms de traitement pour un lot toutes les {batch} ms.", "Batch {at} s is over: {processing} ms of processing, and a batch comes each {batch} ms.")
	batchSlow         = message.Both("Le lot {at} s est fini : {processing} ms de traitement, plus que les {batch} ms entre deux lots. La file d'attente s'allonge : instable.", "Batch {at} s is over: {processing} ms of processing, more than the {batch} ms between batches. The queue grows: unstable.")
	batchTwice        = message.Both("Il avait déjà réussi avant la mort du pilote : sa sortie est faite deux fois. Une sortie idempotente, rangée sous l'heure du lot, n'en garde qu'une.", "It had succeeded before the driver died: its output is made twice. An idempotent output, kept under the batch's time, keeps one.")
	batchTasks        = message.Both("Ses tâches : {list}.", "Its tasks: {list}.")
	batchResult       = message.Both("Sa sortie donne {rows:ligne|lignes} ({action}) : {list}.", "Its output gives {rows:row|rows} ({action}): {list}.")
	batchEmpty        = message.Both("Sa sortie ne donne aucune ligne ({action}).", "Its output gives no row ({action}).")
	batchFails        = message.Both("Le lot {at} s échoue : {error}.", "Batch {at} s fails: {error}.")
	inputLost         = message.Both("Le lot {at} s part sans {blocks:bloc reçu|blocs reçus} ({from}) : {rows:ligne perdue|lignes perdues}, plus personne ne les tient.", "Batch {at} s goes without {blocks:received block|received blocks} ({from}): {rows:row is|rows are} lost, nobody holds them.")
	wouldSave         = message.Both("Deux copies ou le journal (WAL) les auraient sauvées.", "Two copies or the log (WAL) would have saved them.")
	logWouldSave      = message.Both("Le journal (WAL) les aurait sauvées ; deux copies, non : les exécuteurs meurent avec le pilote.", "The log (WAL) would have saved them; two copies would not: executors die with the driver.")
	windowLacks       = message.Both("Les fenêtres ne retrouvent pas {rows:ligne|lignes} des lots {list}, traités avant : leurs blocs sont morts avec le pilote.", "Windows do not find {rows:row|rows} of batches {list}, processed before: their blocks died with the driver.")
	executorJoins     = message.Both("L'exécuteur {executor} arrive, avec {cores:cœur|cœurs}.", "Executor {executor} joins, with {cores:core|cores}.")
	taskStarts        = message.Both("La partition {partition} de l'étape {stage} commence sur {executor}.", "Partition {partition} of stage {stage} starts on {executor}.")
	taskEnds          = message.Both("La partition {partition} de l'étape {stage} est finie sur {executor}.", "Partition {partition} of stage {stage} is over on {executor}.")
	taskFails         = message.Both("La partition {partition} de l'étape {stage} échoue sur {executor}, ou est perdue avec lui.", "Partition {partition} of stage {stage} fails on {executor}, or is lost with it.")
	blockKept         = message.Both("{executor} tient le bloc reçu à {block} s par le récepteur {stream} ({rows:ligne|lignes}).", "{executor} holds the block received at {block} s by receiver {stream} ({rows:row|rows}).")
	blockDropped      = message.Both("{executor} ne tient plus le bloc reçu à {block} s par le récepteur {stream} : {left:copie reste|copies restent}.", "{executor} does not hold the block received at {block} s by receiver {stream} any more: {left:copy is|copies are} left.")
	jobsReady         = message.Both("Les jobs du lot {at} s sont prêts et attendent leur tour.", "The jobs of batch {at} s are made and wait for their turn.")
	outputStarts      = message.Both("La sortie {output} du lot {at} s commence.", "Output {output} of batch {at} s starts.")
	checkpointWritten = message.Both("Le point de reprise du lot {at} s est écrit.", "The checkpoint of batch {at} s is written.")

	rateChanged = message.Both("Le récepteur {stream} peut stocker {rate} lignes par seconde.", "Receiver {stream} may store {rate} rows a second.")
	atStart     = message.Both("Rien ne s'est encore passé : n avance. {batches:lot|lots} en tout.", "Nothing has happened yet: n goes on. {batches:batch|batches} in all.")
)

// DriverDied is why executors and receivers are gone when nobody has killed them alone.
const DriverDied = "the driver died"

// reasons are the engine's own words for what a student reads, without the full stop.
var reasons = map[string]message.Text{
	"killed":                 message.Both("tué", "killed"),
	"killed by the scenario": message.Both("tué par le scénario", "killed by the scenario"),
	DriverDied:               message.Both("pilote mort", DriverDied),
	"Stopped by driver":      message.Both("le pilote l'a demandé", "the driver asked for it"),
	"receivers have taken every core, and none is left to process batches: give the session more cores than it has receivers": message.Both(
		"les récepteurs ont pris tous les cœurs, il n'en reste pas pour traiter les lots ; il faut plus de cœurs que de récepteurs",
		"receivers have taken every core, and none is left to process batches; there must be more cores than receivers"),
}

// Reason is an error in the middle of a sentence: without its full stop, and in the
// reader's language where it is one of the engine's own.
func Reason(text string) message.Text {
	text = strings.TrimSuffix(strings.TrimSpace(text), ".")
	if known, ours := reasons[text]; ours {
		return known
	}
	if name, gone := strings.CutPrefix(text, "executor "); gone {
		if name, gone = strings.CutSuffix(name, " is lost"); gone {
			return message.Both("l'exécuteur "+name+" est perdu", text)
		}
	}
	return message.Both(text, text)
}
