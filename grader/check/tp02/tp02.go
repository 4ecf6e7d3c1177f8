// Package tp02 judges the exercises of TP 2 and tells its misconceptions apart.
// It knows no right answer: those come from the reference, or stand in the
// public cases.
package tp02

import (
	"etincelle/grader/check"
	"etincelle/grader/evidence"
	"etincelle/grader/message"
)

// Properties are those of the TP, in the order in which a student meets them.
func Properties() []check.Property {
	return []check.Property{
		{
			Name: "joined",
			Title: message.Both(
				"Les mêmes lignes dans n partitions, sans en déplacer une seule",
				"The same rows in n partitions, without moving a single one"),
			Judge: joined, Wanted: wantedJoined,
		},
		{
			Name: "balanced",
			Title: message.Both(
				"Les mêmes lignes dans n partitions de tailles voisines, chacune déplacée une fois",
				"The same rows in n partitions of about the same size, each moved once"),
			Judge: balanced, Wanted: wantedBalanced,
		},
		{
			Name: "sums",
			Title: message.Both(
				"La somme des retards de chaque compagnie, calculée par les exécuteurs",
				"The sum of the delays of each airline, computed by the executors"),
			Judge: sums, Wanted: wantedSums,
		},
		{
			Name: "combined",
			Title: message.Both(
				"Une ligne au plus par compagnie et partition écrite pour le brassage",
				"At most one row for each airline and partition written to the shuffle"),
			Judge: combined, Wanted: wantedSums,
		},
		{
			Name: "named",
			Title: message.Both(
				"La distance de chaque vol avec le nom de sa compagnie",
				"The distance of every flight with the name of its airline"),
			Judge: named, Wanted: wantedNamed,
		},
		{
			Name: "kept",
			Title: message.Both(
				"Le partitionneur est gardé : pas une ligne de plus n'est brassée",
				"The partitioner is kept: not one more row is shuffled"),
			Judge: kept, Wanted: wantedNamed,
		},
		{
			Name: "totals",
			Title: message.Both(
				"La distance de chaque vol avec le total de sa compagnie, en n partitions",
				"The distance of every flight with its airline's total, in n partitions"),
			Judge: totals, Wanted: wantedTotals,
		},
		{
			Name: "movedOnce",
			Title: message.Both(
				"Chaque vol écrit une fois dans un brassage, et relu une fois",
				"Each flight written to a shuffle once, and read from it once"),
			Judge: movedOnce, Wanted: wantedTotals,
		},
		{
			Name: "broadcast",
			Title: message.Both(
				"La distance de chaque vol avec le nom de sa compagnie, sans brassage",
				"The distance of every flight with the name of its airline, without a shuffle"),
			Judge: broadcast, Wanted: wantedBroadcast,
		},
		{
			Name: "counted",
			Title: message.Both(
				"Un nombre par partition, là où elle est : combien de lignes elle a",
				"One number for each partition, where it lies: how many rows it has"),
			Judge: counted, Wanted: wantedCounted,
		},
		{
			Name: "placed",
			Title: message.Both(
				"Chaque aéroport dans sa partition, JFK seul dans la sienne",
				"Each airport in its partition, JFK alone in its own"),
			Judge: placed, Wanted: wantedPlaced,
		},
		{
			Name: "alike",
			Title: message.Both(
				"Deux partitionneurs de même n sont égaux : replacer ne déplace rien",
				"Two partitioners with the same n are equal: placing again moves nothing"),
			Judge: alike, Wanted: wantedPlaced,
		},
		{
			Name: "unsalted",
			Title: message.Both(
				"La distance de chaque vol avec le nom de son aéroport de départ",
				"The distance of every flight with the name of the airport it left from"),
			Judge: unsalted, Wanted: wantedUnsalted,
		},
		{
			Name: "spread",
			Title: message.Both(
				"Aucune tâche ne lit plus d'un cinquième des vols",
				"No task reads more than a fifth of the flights"),
			Judge: spread, Wanted: wantedSpread,
		},
		{
			Name: "ordered",
			Title: message.Both(
				"Les mêmes lignes en n partitions, de la plus proche à la plus lointaine",
				"The same rows in n partitions, from the nearest to the farthest"),
			Judge: ordered, Wanted: wantedOrdered,
		},
		{
			Name: "evenRanges",
			Title: message.Both(
				"Des intervalles qui partagent les lignes à peu près également",
				"Ranges that share the rows about evenly"),
			Judge: evenRanges, Wanted: wantedEvenRanges,
		},
		{
			Name: "hashed",
			Title: message.Both(
				"La partition où le partitionneur par hachage de Spark place chaque clé",
				"The partition in which Spark's hash partitioner places each key"),
			Judge: hashed, Wanted: wantedHashed,
		},
	}
}

// moved are the facts of every finding about shuffles.
func moved(got evidence.Outcome, want check.Want) message.Facts {
	return message.Facts{
		"shuffled": got.Shuffled(), "wanted": want.Shuffled, "shuffles": got.Shuffles(), "wantedShuffles": want.Shuffles,
	}
}
