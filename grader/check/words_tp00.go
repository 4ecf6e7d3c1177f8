package check

import "etincelle/grader/message"

// The keys of TP 0.
const (
	CancelledKept   Key = "cancelledKept"
	OtherLimit      Key = "otherLimit"
	NotLateKept     Key = "notLateKept"
	CountedOnDriver Key = "countedOnDriver"
	OneJobIsEnough  Key = "oneJobIsEnough"
	NoJob           Key = "noJob"
)

var messagesTP00 = map[Key]message.Text{
	CancelledKept: message.Both(
		"Des vols annulés sont comptés parmi les vols en retard.",
		"Cancelled flights are counted among the late ones."),
	OtherLimit: message.Both(
		"Les vols de plus de {other} minutes de retard sont gardés, et non ceux de plus de {minutes}.",
		"Flights more than {other} minutes late are kept, and not those more than {minutes}."),
	NotLateKept: message.Both(
		"Tous les vols sont gardés, en retard ou non.",
		"All flights are kept, late or not."),
	CountedOnDriver: message.Both(
		"{rows:ligne a été ramenée|lignes ont été ramenées} au pilote pour être comptées ; 0 suffit.",
		"{rows:row was|rows were} brought to the driver to be counted; 0 suffice."),
	OneJobIsEnough: message.Both(
		"{jobs:job a tourné|jobs ont tourné} ; un seul suffit.",
		"{jobs:job|jobs} ran; one is enough."),
	NoJob: message.Both(
		"Aucun job n'a tourné : le nombre ne vient pas des vols.",
		"No job ran: the number does not come from the flights."),
}

var reasonsTP00 = map[Key]message.Text{
	CancelledKept: message.Both(
		"Quand Departed est faux, le vol n'est pas parti, et Delay ne veut rien dire : ajoutez f.Departed à la condition.",
		"When Departed is false the flight did not leave, and Delay means nothing: add f.Departed to the condition."),
	OtherLimit: message.Both(
		"La limite est un argument : minutes. Une constante n'est juste que pour l'exemple.",
		"The limit is an argument: minutes. A constant is right for the example alone."),
	NotLateKept: message.Both(
		"Filter garde les lignes pour lesquelles la fonction rend vrai.",
		"Filter keeps the rows for which the function returns true."),
	CountedOnDriver: message.Both(
		"Collect ramène les lignes elles-mêmes. Count n'envoie qu'un nombre par partition : c'est la différence entre un million de lignes et quatre nombres.",
		"Collect brings the rows themselves. Count sends one number a partition: that is the difference between a million rows and four numbers."),
	OneJobIsEnough: message.Both(
		"Chaque action relit tout depuis le début : gardez dans une variable ce que la première a rendu.",
		"Each action reads everything again from the beginning: keep in a variable what the first one returned."),
	NoJob: message.Both(
		"Une transformation ne compte rien. Il faut une action, ici Count, sur le jeu de données filtré.",
		"A transformation counts nothing. It takes an action, here Count, on the filtered dataset."),
}
