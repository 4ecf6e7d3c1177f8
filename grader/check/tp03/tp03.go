// Package tp03 judges the exercises of TP 3 and tells its misconceptions apart: by
// the partitions that the grader was asked for, and by the blocks, the checkpoints
// and the lineages that the session's events tell of. It knows no right answer:
// those come from the reference, or stand in the public cases.
package tp03

import (
	"etincelle/grader/check"
	"etincelle/grader/message"
)

// Properties are those of the TP, in the order in which a student meets them.
func Properties() []check.Property {
	return []check.Property{
		{
			Name: "once",
			Title: message.Both(
				"Un seul calcul de chaque partition pour toutes les limites, un seul jeu gardé",
				"Each partition computed once for all limits, one dataset kept"),
			Judge: once,
		},
		{
			Name: "freed",
			Title: message.Both(
				"Rien n'est gardé au retour de la fonction",
				"Nothing is kept when the function returns"),
			Judge: freed,
		},
		{
			Name: "warm",
			Title: message.Both(
				"often reste entier en mémoire, aucune partition n'est calculée deux fois",
				"often stays whole in memory, no partition is computed twice"),
			Judge: warm,
		},
		{
			Name: "rolling",
			Title: message.Both(
				"Chaque partition calculée une fois pour tous les pas, deux jeux gardés au plus",
				"Each partition computed once for all steps, at most two datasets kept"),
			Judge: rolling,
		},
		{
			Name: "emptied",
			Title: message.Both(
				"Rien n'est gardé après le dernier pas",
				"Nothing is kept after the last step"),
			Judge: emptied,
		},
		{
			Name: "published",
			Title: message.Both(
				"Un autre programme lit les vols en retard",
				"Another program reads the late flights"),
			Judge: published,
		},
		{
			Name: "writtenOnce",
			Title: message.Both(
				"L'écriture ne calcule rien une deuxième fois et ne laisse rien en mémoire",
				"Writing computes nothing a second time and leaves nothing in memory"),
			Judge: writtenOnce,
		},
		{
			Name: "resumed",
			Title: message.Both(
				"Un autre programme repart du point de reprise",
				"Another program goes on from the checkpoint"),
			Judge: resumed,
		},
		{
			Name: "cut",
			Title: message.Both(
				"Aucun job n'a une lignée plus longue que permis",
				"No job has a longer lineage than allowed"),
			Judge: cut,
		},
		{
			Name: "stepsOnce",
			Title: message.Both(
				"La lignée est coupée sans rien calculer deux fois",
				"The lineage is cut and nothing is computed twice"),
			Judge: stepsOnce,
		},
		{
			Name: "survives",
			Title: message.Both(
				"Tous les exécuteurs perdus, rien ne repart de la source",
				"With all executors lost, nothing starts from the source again"),
			Judge: survives,
		},
		{
			Name: "reused",
			Title: message.Both(
				"UsedOnce, UsedOften : gardé si plusieurs actions s'en servent, et alors seulement",
				"UsedOnce, UsedOften: kept when several actions use it, and only then"),
			Judge: chosen,
		},
		{
			Name: "tooLarge",
			Title: message.Both(
				"TooLarge : la mémoire qu'il y a, le disque pour le reste",
				"TooLarge: the memory there is, and disk for the rest"),
			Judge: chosen,
		},
		{
			Name: "memoryIsTaken",
			Title: message.Both(
				"MemoryIsTaken : gardé sans un octet de mémoire",
				"MemoryIsTaken: kept without a byte of memory"),
			Judge: chosen,
		},
		{
			Name: "executorsDie",
			Title: message.Both(
				"ExecutorsDie : un exécuteur perdu, rien n'est calculé de nouveau",
				"ExecutorsDie: with one executor lost, nothing is computed again"),
			Judge: chosen,
		},
		{
			Name: "othersReadIt",
			Title: message.Both(
				"OthersReadIt : un fichier qui reste, écrit sans calculer deux fois",
				"OthersReadIt: a file that stays, written without computing twice"),
			Judge: chosen,
		},
	}
}
