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
	}
}

func named(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	return check.First(check.Sound(c, got, want), check.SameRows(got, want))
}

// kept judges the join: both inputs are placed already, so only their own two
// shuffles may be written.
func kept(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	if findings := named(c, got, want); len(findings) > 0 {
		return findings
	}
	if got.Shuffled() <= want.Shuffled && got.Shuffles() <= want.Shuffles {
		return nil
	}
	key := check.TooManyRows
	if got.Shuffles() > want.Shuffles {
		key = check.PartitionerLost
	}
	return []check.Finding{{Key: key, Facts: moved(got, want)}}
}

// moved are the facts of every finding about shuffles.
func moved(got evidence.Outcome, want check.Want) message.Facts {
	return message.Facts{
		"shuffled": got.Shuffled(), "wanted": want.Shuffled, "shuffles": got.Shuffles(), "wantedShuffles": want.Shuffles,
	}
}
