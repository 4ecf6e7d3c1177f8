package check

import "etincelle/grader/message"

// reasons say, for the keys that have more to say than what is so, why it matters
// and what to do about it. A key that stands for a known mistake names it.
var reasons = together(reasonsOfAll, reasonsTP00, reasonsTP01, reasonsTP02, reasonsTP03, reasonsTP07, reasonsTP08, reasonsTP09)

var reasonsOfAll = map[Key]message.Text{
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
}
