// Package tp07 judges the exercises of TP 7 and tells its misconceptions apart: by the
// rows that each batch gave the sink, and by what the session's events tell of the
// queries. It knows no right answer: those come from the reference, or stand in the
// public cases.
package tp07

import (
	"etincelle/grader/check"
	"etincelle/grader/message"
)

// Properties are those of the TP, in the order in which a student meets them.
func Properties() []check.Property {
	return []check.Property{
		{
			Name: "table",
			Title: message.Both(
				"Les vols partis et leur retard moyen, par compagnie",
				"The flights that departed and their mean delay, by airline"),
			Judge: tabled,
		},
		{
			Name: "flow",
			Title: message.Both(
				"La même fonction sur un flux : la table est juste après chaque lot",
				"The same function on a stream: the table is right after each batch"),
			Judge: flowing,
		},
		{
			Name: "windows",
			Title: message.Both(
				"Chaque mot compté dans les deux fenêtres où il tombe",
				"Each word counted in the two windows that it falls in"),
			Judge: inWindows,
		},
		{
			Name: "finals",
			Title: message.Both(
				"En mode ajout, chaque fenêtre sort une fois, dans le lot qui la ferme",
				"In append mode each window comes once, in the batch that closes it"),
			Judge: finals,
		},
		{
			Name: "bounded",
			Title: message.Both(
				"En mode mise à jour, les comptes changés, et un état qui oublie",
				"In update mode the counts that changed, and a state that forgets"),
			Judge: bounded,
		},
		{
			Name: "chosen",
			Title: message.Both(
				"Le mode de sortie que demande le lecteur",
				"The output mode that the reader asks for"),
			Judge: chosen,
		},
		{
			Name: "standings",
			Title: message.Both(
				"La table telle qu'elle est après le dernier lot",
				"The table as it stands after the last batch"),
			Judge: standing,
		},
		{
			Name: "accepted",
			Title: message.Both(
				"Les modes dans lesquels la requête démarre",
				"The modes in which the query starts"),
			Judge: accepted,
		},
	}
}
