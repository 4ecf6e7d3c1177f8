package check

import "etincelle/grader/message"

// reasons say, for the keys that have more to say than what is so, why it matters
// and what to do about it. A key that stands for a known mistake names it.
var reasons = map[Key]message.Text{
	ReturnedNil: message.Both(
		"Chaque chemin de la fonction doit finir par un jeu de données construit à partir de ses arguments.",
		"Every path through the function must end in a dataset built from its arguments."),
	JobFailed: message.Both(
		"La ligne est la vôtre ; elle s'exécute dans une tâche, quand une action demande le résultat, et non quand la transformation est écrite.",
		"The line is yours; it runs in a task, when an action asks for the result, and not when the transformation is written."),
	JobFailedAnywhere: message.Both(
		"Une transformation est mal définie : l'erreur attend la première action pour se montrer.",
		"A transformation is badly defined: the mistake waits for the first action to show."),
	OtherSession: message.Both(
		"Construisez-le à partir des arguments, à chaque appel : une variable du paquet vit plus longtemps que la session.",
		"Build it from the arguments at every call: a variable of the package outlives the session."),
	Tampered: message.Both(
		"Ne touchez ni à la session ni à ses événements.",
		"Leave the session and its events alone."),
	Collected: message.Both(
		"Le pilote n'a ni la mémoire ni les cœurs de la grappe : rendez un jeu de données, et laissez les exécuteurs calculer.",
		"The driver has neither the memory nor the cores of the cluster: return a dataset, and let the executors compute."),
	RanInside: message.Both(
		"Une action (Count, ForEach…) n'a rien à faire ici, les transformations suffisent : elles ne calculent rien tant que personne ne demande le résultat.",
		"An action (Count, ForEach…) has no place here, transformations are enough: they compute nothing until somebody asks for the result."),
	NotFromSource: message.Both(
		"Après une panne, il ne pourrait pas être recalculé : la lignée est tout ce que Spark en sait.",
		"After a failure it could not be computed again: the lineage is all that Spark knows of it."),
	Recomputed: message.Both(
		"Une fonction change une variable qui est hors d'elle. Elle ne doit dépendre que de son argument : une tâche peut être relancée, sur un autre exécuteur.",
		"A function changes a variable outside itself. It must depend on its argument alone: a task may be run again, on another executor."),
	TimeLimit: message.Both(
		"Une boucle qui ne finit pas, ou bien trop de travail : la solution prend quelques millisecondes. La limite est la même pour tous.",
		"A loop that does not end, or far too much work: the solution takes a few milliseconds. The limit is the same for all."),
	MemoryLimit: message.Both(
		"Quelque chose grandit sans fin, ou tout un jeu de données est gardé à la fois : les lignes d'une partition se lisent une par une.",
		"Something grows without end, or a whole dataset is held at once: the rows of a partition are read one by one."),
	OutputLimit: message.Both(
		"Une fonction appelée pour chaque ligne imprime, ou une boucle ne finit pas : enlevez l'impression.",
		"A function that runs for every row prints, or a loop does not end: take the print out."),
	StackLimit: message.Both(
		"Une fonction s'appelle elle-même sans fin.",
		"A function calls itself without end."),
	Deadlock: message.Both(
		"Un canal ou un verrou n'est jamais servi.",
		"A channel or a lock is never served."),

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
