package check

import "etincelle/grader/message"

// The keys of findings. Those about one TP stand with the others: an instructor's
// statistics and the translators see one list.
const (
	// Of any exercise.
	ReturnedNil       Key = "returnedNil"
	Panicked          Key = "panicked"
	PanickedSomewhere Key = "panickedSomewhere" // the line is not known
	JobFailed         Key = "jobFailed"
	JobFailedAnywhere Key = "jobFailedSomewhere"
	OtherSession      Key = "otherSession"
	Unanswered        Key = "unanswered"
	Tampered          Key = "tampered"
	Collected         Key = "collected"
	RanInside         Key = "ranInside"
	NotFromSource     Key = "notFromSource"
	Recomputed        Key = "recomputed"
	WrongRows         Key = "wrongRows"
	WrongPartitions   Key = "wrongPartitions"

	// Of the program as a whole.
	NotDone        Key = "notDone"
	NotHandedIn    Key = "notHandedIn"
	DoesNotCompile Key = "doesNotCompile"
	Refused        Key = "refused"
	TimeLimit      Key = "timeLimit"
	MemoryLimit    Key = "memoryLimit"
	OutputLimit    Key = "outputLimit"
	StackLimit     Key = "stackLimit"
	Deadlock       Key = "deadlock"
	Crashed        Key = "crashed"
	CrashedAt      Key = "crashedAt"
	NotReached     Key = "notReached"
	GraderFailed   Key = "graderFailed"

	// TP 2.
	RepartitionForCoalesce Key = "repartitionForCoalesce"
	CoalesceForRepartition Key = "coalesceForRepartition"
	CoalesceCannotGrow     Key = "coalesceCannotGrow"
	Uneven                 Key = "uneven"
	MovedTwice             Key = "movedTwice"
	CombineBefore          Key = "combineBefore"
	TooManyRows            Key = "tooManyRows"
	OneTask                Key = "oneTask"
	CancelledCounted       Key = "cancelledCounted"
	EarlyDropped           Key = "earlyDropped"
	SharedMemory           Key = "sharedMemory"
	PartitionerLost        Key = "partitionerLost"
)

// messages says every key in both languages: what is so, and why it matters.
var messages = map[Key]message.Text{
	ReturnedNil: message.Both(
		"La fonction a rendu nil au lieu d'un jeu de données.",
		"The function returned nil instead of a dataset."),
	Panicked: message.Both(
		"La fonction s'est arrêtée par une panique, ligne {line} : {text}.",
		"The function panicked at line {line}: {text}."),
	PanickedSomewhere: message.Both(
		"La fonction s'est arrêtée par une panique : {text}.",
		"The function panicked: {text}."),
	JobFailed: message.Both(
		"Le calcul a échoué, ligne {line} : {text}. La ligne est la vôtre ; elle s'exécute quand une action demande le résultat.",
		"The computation failed at line {line}: {text}. The line is yours; it runs when an action asks for the result."),
	JobFailedAnywhere: message.Both(
		"Le résultat ne peut pas être calculé : {text}.",
		"The result cannot be computed: {text}."),
	OtherSession: message.Both(
		"Le jeu de données rendu appartient à une autre session : il a été gardé d'un appel précédent. Construisez-le à partir des arguments, à chaque appel.",
		"The dataset that was returned belongs to another session: it was kept from an earlier call. Build it from the arguments at every call."),
	Unanswered: message.Both(
		"Aucune réponse n'est venue pour ce cas : {text}.",
		"No answer came for this case: {text}."),
	Tampered: message.Both(
		"Le journal des événements est impossible ({fault}) : le résultat n'est pas accepté. Ne touchez ni à la session ni à ses événements.",
		"The event log cannot have happened ({fault}): the result is not accepted. Leave the session and its events alone."),
	Collected: message.Both(
		"{rows:ligne a été ramenée|lignes ont été ramenées} au pilote par {jobs:job|jobs} dans votre fonction ; 0 suffit : rendez un jeu de données, et laissez les exécuteurs calculer.",
		"{rows:row was|rows were} brought to the driver by {jobs:job|jobs} inside your function; 0 suffice: return a dataset, and let the executors compute."),
	RanInside: message.Both(
		"{jobs:job a tourné|jobs ont tourné} dans votre fonction ; 0 suffit : une action (Count, ForEach…) n'a rien à faire ici, les transformations suffisent.",
		"{jobs:job|jobs} ran inside your function; 0 suffice: an action (Count, ForEach…) has no place here, transformations are enough."),
	NotFromSource: message.Both(
		"Le résultat ne vient pas de {source} : sa lignée ne remonte pas jusqu'à cet argument. Après une panne, il ne pourrait pas être recalculé.",
		"The result does not come from {source}: its lineage does not lead back to this argument. After a failure it could not be computed again."),
	Recomputed: message.Both(
		"Recalculé après la perte de tous les exécuteurs, le résultat n'est plus le même : une fonction change une variable qui est hors d'elle. Elle ne doit dépendre que de son argument.",
		"Computed again after every executor was lost, the result is no longer the same: a function changes a variable outside itself. It must depend on its argument alone."),
	WrongRows: message.Both(
		"Les valeurs ne sont pas les bonnes : sur {wanted:ligne attendue|lignes attendues}, {missing:manque|manquent} et {extra:est en trop|sont en trop}.",
		"The values are not right: of {wanted:row|rows} wanted, {missing:is|are} missing, and {extra:is|are} too many."),
	WrongPartitions: message.Both(
		"Le résultat a {got:partition|partitions} au lieu de {wanted}.",
		"The result has {got:partition|partitions} instead of {wanted}."),

	NotDone: message.Both(
		"Pas encore fait : {function} est telle qu'elle a été distribuée. Écrivez son corps dans exercises.go.",
		"Not done yet: {function} is as it was handed out. Write its body in exercises.go."),
	NotHandedIn: message.Both(
		"Rien n'a été rendu : aucun fichier exercises.go pour ce TP.",
		"Nothing was handed in: no file exercises.go for this lab."),
	DoesNotCompile: message.Both(
		"{function} ne compile pas. Le reste du fichier a été jugé sans elle. Le compilateur dit :",
		"{function} does not compile. The rest of the file was judged without it. The compiler says:"),
	Refused: message.Both(
		"Le fichier n'a pas été construit : il contient ce que le correcteur n'accepte pas.",
		"The file was not built: it holds what the grader does not accept."),
	TimeLimit: message.Both(
		"Arrêté après {seconds} s : une boucle qui ne finit pas, ou bien trop de travail. La limite est la même pour tous.",
		"Stopped after {seconds} s: a loop that does not end, or far too much work. The limit is the same for all."),
	MemoryLimit: message.Both(
		"Arrêté à {mebibytes} Mio de mémoire : quelque chose grandit sans fin, ou tout un jeu de données est gardé à la fois.",
		"Stopped at {mebibytes} MiB of memory: something grows without end, or a whole dataset is held at once."),
	OutputLimit: message.Both(
		"Arrêté : plus de {kibibytes} Kio ont été écrits. Enlevez les impressions des fonctions appelées pour chaque ligne.",
		"Stopped: more than {kibibytes} KiB were written. Take prints out of functions that run for every row."),
	StackLimit: message.Both(
		"Arrêté : la pile est pleine. Une fonction s'appelle elle-même sans fin.",
		"Stopped: the stack is full. A function calls itself without end."),
	Deadlock: message.Both(
		"Arrêté : tout le monde attend (interblocage). Un canal ou un verrou n'est jamais servi.",
		"Stopped: everybody waits (deadlock). A channel or a lock is never served."),
	Crashed: message.Both(
		"Le programme s'est arrêté avant de répondre : {text}",
		"The program ended before it answered: {text}"),
	CrashedAt: message.Both(
		"Le programme s'est arrêté avant de répondre, ligne {line} : {text}",
		"The program ended before it answered, at line {line}: {text}"),
	NotReached: message.Both(
		"Non exécuté : le programme s'était déjà arrêté.",
		"Not run: the program had already ended."),
	GraderFailed: message.Both(
		"Le correcteur a échoué, pas vous : {text}. Aucune note n'est donnée ; dites-le à l'enseignant.",
		"The grader failed, you did not: {text}. No mark is given; tell the instructor."),

	RepartitionForCoalesce: message.Both(
		"{shuffled:enregistrement a été brassé|enregistrements ont été brassés} ; 0 suffit : Coalesce réunit des partitions voisines sans déplacer une ligne, Repartition déplace tout.",
		"{shuffled:record was|records were} shuffled; 0 suffice: Coalesce joins neighbouring partitions without moving a row, Repartition moves everything."),
	CoalesceForRepartition: message.Both(
		"La plus grande partition a {largest:ligne|lignes} pour une moyenne de {mean} (×{ratio}, attendu : ×1,2 au plus) et {shuffled:enregistrement a été brassé|enregistrements ont été brassés} : Coalesce réunit des partitions sans les égaliser. Repartition redistribue chaque ligne.",
		"The largest partition has {largest:row|rows} for a mean of {mean} (×{ratio}, wanted: ×1.2 at most) and {shuffled:record was|records were} shuffled: Coalesce joins partitions without evening them out. Repartition deals every row out again."),
	CoalesceCannotGrow: message.Both(
		"Le résultat a {got:partition|partitions} au lieu de {wanted}, et aucun enregistrement n'a été brassé : Coalesce ne sait que diminuer le nombre de partitions. Repartition peut l'augmenter.",
		"The result has {got:partition|partitions} instead of {wanted}, and no record was shuffled: Coalesce can only make fewer partitions. Repartition can make more."),
	Uneven: message.Both(
		"La plus grande partition a {largest:ligne|lignes} pour une moyenne de {mean} (×{ratio}, attendu : ×1,2 au plus) : la clé qui répartit les lignes est déséquilibrée.",
		"The largest partition has {largest:row|rows} for a mean of {mean} (×{ratio}, wanted: ×1.2 at most): the key that spreads the rows is skewed."),
	MovedTwice: message.Both(
		"{shuffled:enregistrement a été brassé|enregistrements ont été brassés} ; {wanted} suffisent : une fois par ligne. Un seul brassage est utile ici.",
		"{shuffled:record was|records were} shuffled; {wanted} suffice: once for each row. One shuffle is of use here."),
	CombineBefore: message.Both(
		"{shuffled:enregistrement a été brassé|enregistrements ont été brassés} ; {wanted} suffisent : combinez avant le brassage (ReduceByKey).",
		"{shuffled:record was|records were} shuffled; {wanted} suffice: combine before the shuffle (ReduceByKey)."),
	TooManyRows: message.Both(
		"{shuffled:enregistrement a été brassé|enregistrements ont été brassés} ; {wanted} suffisent : cherchez le brassage de trop ({shuffles} au lieu de {wantedShuffles}).",
		"{shuffled:record was|records were} shuffled; {wanted} suffice: look for the shuffle that is not needed ({shuffles} instead of {wantedShuffles})."),
	OneTask: message.Both(
		"Une seule tâche a lu les {partitions:partition|partitions} : les autres cœurs n'ont rien fait. Laissez une tâche par partition réduire ses lignes avant le brassage.",
		"A single task read all {partitions:partition|partitions}: the other cores did nothing. Let one task a partition reduce its rows before the shuffle."),
	CancelledCounted: message.Both(
		"Les vols annulés ont été comptés : quand Departed est faux, Delay ne veut rien dire. Filtrez-les avant d'additionner.",
		"Cancelled flights were counted: when Departed is false, Delay means nothing. Filter them out before adding up."),
	EarlyDropped: message.Both(
		"Les départs en avance ont été comptés pour 0 : un retard négatif se retranche de la somme.",
		"Early departures were counted as 0: a negative delay is taken off the sum."),
	SharedMemory: message.Both(
		"{tasks:tâche a lu|tâches ont lu} les lignes et aucun enregistrement n'a été brassé : les tâches se sont réunies dans une variable du programme. Sur une grappe, chaque exécuteur en a sa copie ; seul un brassage réunit les lignes d'une clé.",
		"{tasks:task|tasks} read the rows and no record was shuffled: the tasks met in a variable of the program. On a cluster each executor has a copy of its own; only a shuffle brings the rows of a key together."),
	PartitionerLost: message.Both(
		"{shuffled:enregistrement a été brassé|enregistrements ont été brassés} en {shuffles:brassage|brassages} ; {wanted} suffisent, en {wantedShuffles} : Map oublie le partitionneur, la jointure déplace alors tout. MapValues le garde.",
		"{shuffled:record was|records were} shuffled in {shuffles:shuffle|shuffles}; {wanted} suffice, in {wantedShuffles}: Map forgets the partitioner, so the join moves everything. MapValues keeps it."),
}
