package check

import "etincelle/grader/message"

// The keys of TP 2.
const (
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

var messagesTP02 = map[Key]message.Text{
	RepartitionForCoalesce: message.Both(
		"{shuffled:enregistrement a été brassé|enregistrements ont été brassés} ; 0 suffit.",
		"{shuffled:record was|records were} shuffled; 0 suffice."),
	CoalesceForRepartition: message.Both(
		"La plus grande partition a {largest:ligne|lignes} pour une moyenne de {mean} (×{ratio}, attendu : ×1,2 au plus) et {shuffled:enregistrement a été brassé|enregistrements ont été brassés}.",
		"The largest partition has {largest:row|rows} for a mean of {mean} (×{ratio}, wanted: ×1.2 at most) and {shuffled:record was|records were} shuffled."),
	CoalesceCannotGrow: message.Both(
		"Le résultat a {got:partition|partitions} au lieu de {wanted}, et aucun enregistrement n'a été brassé.",
		"The result has {got:partition|partitions} instead of {wanted}, and no record was shuffled."),
	Uneven: message.Both(
		"La plus grande partition a {largest:ligne|lignes} pour une moyenne de {mean} (×{ratio}, attendu : ×1,2 au plus).",
		"The largest partition has {largest:row|rows} for a mean of {mean} (×{ratio}, wanted: ×1.2 at most)."),
	MovedTwice: message.Both(
		"{shuffled:enregistrement a été brassé|enregistrements ont été brassés} ; {wanted:suffit|suffisent} : une fois par ligne.",
		"{shuffled:record was|records were} shuffled; {wanted:suffices|suffice}: once for each row."),
	CombineBefore: message.Both(
		"{shuffled:enregistrement a été brassé|enregistrements ont été brassés} ; {wanted:suffit|suffisent}.",
		"{shuffled:record was|records were} shuffled; {wanted:suffices|suffice}."),
	TooManyRows: message.Both(
		"{shuffled:enregistrement a été brassé|enregistrements ont été brassés} ; {wanted:suffit|suffisent}, en {wantedShuffles:brassage|brassages} au lieu de {shuffles}.",
		"{shuffled:record was|records were} shuffled; {wanted:suffices|suffice}, in {wantedShuffles:shuffle|shuffles} instead of {shuffles}."),
	OneTask: message.Both(
		"Une seule tâche a lu les {partitions:partition|partitions} : les autres cœurs n'ont rien fait.",
		"A single task read all {partitions:partition|partitions}: the other cores did nothing."),
	CancelledCounted: message.Both(
		"Les vols annulés ont été comptés.",
		"Cancelled flights were counted."),
	EarlyDropped: message.Both(
		"Les départs en avance ont été comptés pour 0.",
		"Early departures were counted as 0."),
	SharedMemory: message.Both(
		"{tasks:tâche a lu|tâches ont lu} les lignes et aucun enregistrement n'a été brassé.",
		"{tasks:task|tasks} read the rows and no record was shuffled."),
	PartitionerLost: message.Both(
		"{shuffled:enregistrement a été brassé|enregistrements ont été brassés} en {shuffles:brassage|brassages} ; {wanted:suffit|suffisent}, en {wantedShuffles}.",
		"{shuffled:record was|records were} shuffled in {shuffles:shuffle|shuffles}; {wanted:suffices|suffice}, in {wantedShuffles}."),
}

var reasonsTP02 = map[Key]message.Text{
	RepartitionForCoalesce: message.Both(
		"Coalesce réunit des partitions voisines sans déplacer une ligne, Repartition déplace tout. Moins de partitions ne demande pas de brassage.",
		"Coalesce joins neighbouring partitions without moving a row, Repartition moves everything. Fewer partitions need no shuffle."),
	CoalesceForRepartition: message.Both(
		"Coalesce réunit des partitions sans les égaliser : la plus grande tâche fait attendre toutes les autres. Repartition redistribue chaque ligne.",
		"Coalesce joins partitions without evening them out: the largest task keeps all the others waiting. Repartition deals every row out again."),
	CoalesceCannotGrow: message.Both(
		"Coalesce ne sait que diminuer le nombre de partitions. Repartition peut l'augmenter.",
		"Coalesce can only make fewer partitions. Repartition can make more."),
	Uneven: message.Both(
		"La clé qui répartit les lignes est déséquilibrée : la plus grande tâche fait attendre toutes les autres.",
		"The key that spreads the rows is skewed: the largest task keeps all the others waiting."),
	MovedTwice: message.Both(
		"Un seul brassage est utile ici ; chacun écrit, envoie et relit toutes les lignes.",
		"One shuffle is of use here; each writes, sends and reads all rows."),
	CombineBefore: message.Both(
		"Combinez avant le brassage (ReduceByKey) : chaque partition n'envoie alors qu'une ligne par clé. GroupByKey les envoie toutes, pour les additionner après.",
		"Combine before the shuffle (ReduceByKey): each partition then sends one row for each key. GroupByKey sends them all, to add them up afterwards."),
	TooManyRows: message.Both(
		"Cherchez le brassage de trop : Explain montre l'étape qu'il ouvre.",
		"Look for the shuffle that is not needed: Explain shows the stage that it opens."),
	OneTask: message.Both(
		"Laissez une tâche par partition réduire ses lignes avant le brassage.",
		"Let one task a partition reduce its rows before the shuffle."),
	CancelledCounted: message.Both(
		"Quand Departed est faux, Delay ne veut rien dire. Filtrez ces vols avant d'additionner.",
		"When Departed is false, Delay means nothing. Filter these flights out before adding up."),
	EarlyDropped: message.Both(
		"Un retard négatif se retranche de la somme.",
		"A negative delay is taken off the sum."),
	SharedMemory: message.Both(
		"Les tâches se sont réunies dans une variable du programme. Sur une grappe, chaque exécuteur en a sa copie ; seul un brassage réunit les lignes d'une clé.",
		"The tasks met in a variable of the program. On a cluster each executor has a copy of its own; only a shuffle brings the rows of a key together."),
	PartitionerLost: message.Both(
		"Map oublie le partitionneur, la jointure déplace alors tout. MapValues le garde : elle promet de ne pas toucher à la clé.",
		"Map forgets the partitioner, so the join moves everything. MapValues keeps it: it promises to leave the key alone."),
}
