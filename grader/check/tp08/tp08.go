// Package tp08 judges the exercises of TP 8 and tells its misconceptions apart: by the
// values that a function gave, by the rows of each batch, and by what a table held when
// a program had died and another one gone on. It knows no right answer: those come from
// the reference, or stand in the public cases.
package tp08

import (
	"etincelle/grader/check"
	"etincelle/grader/message"
)

// Properties are those of the TP, in the order in which a student meets them.
func Properties() []check.Property {
	return []check.Property{
		{
			Name: "assigned",
			Title: message.Both(
				"Les fenêtres où l'événement est compté",
				"The windows in which the event is counted"),
			Judge: assigned,
		},
		{
			Name: "sessions",
			Title: message.Both(
				"Les sessions d'une clé, de leur premier à leur dernier événement",
				"The sessions of a key, from their first event to their last"),
			Judge: inSessions,
		},
		{
			Name: "airports",
			Title: message.Both(
				"Chaque départ compté dans les trois fenêtres de son heure prévue",
				"Each departure counted in the three windows of its scheduled time"),
			Judge: airports,
		},
		{
			Name: "updates",
			Title: message.Both(
				"En mise à jour, les comptes changés de chaque lot, et un état qui oublie",
				"In update mode the counts that each batch changed, and a state that forgets"),
			Judge: updates,
		},
		{
			Name: "foretold",
			Title: message.Both(
				"Les lignes écrites, l'état et le filigrane de chaque étape",
				"The rows written, the state and the watermark of each step"),
			Judge: foretold,
		},
		{
			Name: "upserted",
			Title: message.Both(
				"Le compte de chaque fenêtre dans la table, même si un lot vient deux fois",
				"The count of each window in the table, even when a batch comes twice"),
			Judge: upserted,
		},
		{
			Name: "added",
			Title: message.Both(
				"Chaque événement additionné une fois, même si un lot vient deux fois",
				"Each event added once, even when a batch comes twice"),
			Judge: added,
		},
		{
			Name: "resumed",
			Title: message.Both(
				"La requête reprend avec les mêmes fenêtres, et recommence avec d'autres",
				"The query goes on with the same windows, and begins anew with others"),
			Judge: resumed,
		},
	}
}
