package check

import (
	"maps"

	"etincelle/grader/message"
)

// messages says every key in both languages: what is so. Why it matters, and what
// to do, is in reasons.go. A TP's own words are in a file of theirs.
var messages = together(messagesOfAll, messagesTP00, messagesTP01, messagesTP02, messagesTP03, messagesTP07, messagesTP08, messagesTP09)

// together is all texts of several tables; a test holds that no key is in two.
func together(tables ...map[Key]message.Text) map[Key]message.Text {
	all := map[Key]message.Text{}
	for _, table := range tables {
		maps.Copy(all, table)
	}
	return all
}

var messagesOfAll = map[Key]message.Text{
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
		"Le calcul a échoué, ligne {line} : {text}.",
		"The computation failed at line {line}: {text}."),
	JobFailedAnywhere: message.Both(
		"Le résultat ne peut pas être calculé : {text}.",
		"The result cannot be computed: {text}."),
	OtherSession: message.Both(
		"Le jeu de données rendu appartient à une autre session : il a été gardé d'un appel précédent.",
		"The dataset that was returned belongs to another session: it was kept from an earlier call."),
	Unanswered: message.Both(
		"Aucune réponse n'est venue pour ce cas : {text}.",
		"No answer came for this case: {text}."),
	Tampered: message.Both(
		"Le journal des événements est impossible ({fault}) : le résultat n'est pas accepté.",
		"The event log cannot have happened ({fault}): the result is not accepted."),
	Collected: message.Both(
		"{rows:ligne a été ramenée|lignes ont été ramenées} au pilote par {jobs:job|jobs} dans votre fonction ; 0 suffit.",
		"{rows:row was|rows were} brought to the driver by {jobs:job|jobs} inside your function; 0 suffice."),
	RanInside: message.Both(
		"{jobs:job a tourné|jobs ont tourné} dans votre fonction ; 0 suffit.",
		"{jobs:job|jobs} ran inside your function; 0 suffice."),
	NotFromSource: message.Both(
		"Le résultat ne vient pas de {source} : sa lignée ne remonte pas jusqu'à cet argument.",
		"The result does not come from {source}: its lineage does not lead back to this argument."),
	Recomputed: message.Both(
		"Recalculé après la perte de tous les exécuteurs, le résultat n'est plus le même.",
		"Computed again after every executor was lost, the result is no longer the same."),
	WrongRows: message.Both(
		"Les valeurs ne sont pas les bonnes : sur {wanted:ligne attendue|lignes attendues}, {missing:manque|manquent} et {extra:est en trop|sont en trop}.",
		"The values are not right: of {wanted:row|rows} wanted, {missing:is|are} missing, and {extra:is|are} too many."),
	WrongPartitions: message.Both(
		"Le résultat a {got:partition|partitions} au lieu de {wanted}.",
		"The result has {got:partition|partitions} instead of {wanted}."),
	WrongValue: message.Both(
		"La fonction a rendu {got} ; attendu : {wanted}.",
		"The function returned {got}; wanted: {wanted}."),

	NotDone: message.Both(
		"Pas encore fait : {function} est telle qu'elle a été distribuée. Écrivez son corps dans exercises.go.",
		"Not done yet: {function} is as it was handed out. Write its body in exercises.go."),
	NotHandedIn: message.Both(
		"Rien n'a été rendu : aucun fichier exercises.go pour ce TP.",
		"Nothing was handed in: no file exercises.go for this lab."),
	DoesNotCompile: message.Both(
		"{function} ne compile pas ; le reste du fichier a été jugé sans elle.",
		"{function} does not compile; the rest of the file was judged without it."),
	Refused: message.Both(
		"Le fichier n'a pas été construit : il contient ce que le correcteur n'accepte pas.",
		"The file was not built: it holds what the grader does not accept."),
	TimeLimit: message.Both(
		"Arrêté après {seconds} s sans réponse.",
		"Stopped after {seconds} s without an answer."),
	MemoryLimit: message.Both(
		"Arrêté à {mebibytes} Mio de mémoire.",
		"Stopped at {mebibytes} MiB of memory."),
	OutputLimit: message.Both(
		"Arrêté : plus de {kibibytes} Kio ont été écrits.",
		"Stopped: more than {kibibytes} KiB were written."),
	StackLimit: message.Both(
		"Arrêté : la pile est pleine.",
		"Stopped: the stack is full."),
	Deadlock: message.Both(
		"Arrêté : tout le monde attend (interblocage).",
		"Stopped: everybody waits (deadlock)."),
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
}
