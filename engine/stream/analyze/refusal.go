package analyze

import (
	"strings"

	"etincelle/engine/stream/operator"
)

// Refusal is why a query cannot be started: what Spark says, and what to do.
type Refusal struct {
	Class   string // Spark's error condition
	Message string // Spark's own words
	Advice  Advice
}

// Advice is what to do, in the reader's language.
type Advice struct{ French, English string }

// Error is Spark's sentence; Tell adds what to do.
func (r *Refusal) Error() string { return r.Message }

// Tell is the refusal as a reader sees it.
func (r *Refusal) Tell(english bool) string {
	advice := r.Advice.French
	if english {
		advice = r.Advice.English
	}
	return r.Message + "\n→ " + advice
}

// statement is a sentence of Spark's, and advice.
type statement struct {
	text   string
	advice Advice
}

// unsupportedClass is Spark's class of all its unsupported operations.
const unsupportedClass = "_LEGACY_ERROR_TEMP_3102"

func unsupported(s statement) *Refusal {
	return &Refusal{Class: unsupportedClass, Message: s.text, Advice: s.advice}
}

func badMode(mode operator.Mode, what string, advice Advice) *Refusal {
	const class = "STREAMING_OUTPUT_MODE.UNSUPPORTED_OPERATION"
	return &Refusal{Class: class, Advice: advice, Message: "[" + class + "] Invalid streaming output mode: " + string(mode) +
		". This output mode is not supported for " + what + " on streaming DataFrames/DataSets. SQLSTATE: 42KDE"}
}

// title is a mode as some of Spark's sentences write it: "Update".
func title(m operator.Mode) string { return strings.ToUpper(string(m[:1])) + string(m[1:]) }

// The sentences that hold nothing of the query.
var (
	notAStream = statement{"Queries without streaming sources cannot be executed with writeStream.start()", Advice{
		"Le résultat ne lit aucun flux : appelez Collect ou Write, ou partez d'une source de flux (stream.NewMemory, stream.Files, …).",
		"The result reads no stream: call Collect or Write, or begin with a source of streams (stream.NewMemory, stream.Files, …).",
	}}
	distinctAggregate = statement{"Distinct aggregations are not supported on streaming DataFrames/Datasets. Consider using approx_count_distinct() instead.", Advice{
		"Un compte exact des valeurs distinctes demanderait de les garder toutes : prenez approx_count_distinct, ou DropDuplicates avant l'agrégation.",
		"An exact count of distinct values would have to keep them all: use approx_count_distinct, or DropDuplicates before the aggregation.",
	}}
	dedupWithoutWatermark = statement{"dropDuplicatesWithinWatermark is not supported on streaming DataFrames/DataSets without watermark", Advice{
		"Appelez WithWatermark avant DropDuplicatesWithinWatermark : le délai dit combien de temps une clé est retenue.",
		"Call WithWatermark before DropDuplicatesWithinWatermark: the delay says how long a key is remembered.",
	}}
	unionWithTable = statement{"Union between streaming and batch DataFrames/Datasets is not supported", Advice{
		"Lisez la table comme un flux elle aussi, ou joignez-la au flux au lieu de l'ajouter.",
		"Read the table as a stream too, or join it with the stream instead of adding it.",
	}}
	limitInUpdate = statement{"Limits are not supported on streaming DataFrames/Datasets in Update output mode", Advice{
		"Prenez le mode ajout, ou le mode complet après une agrégation.",
		"Use append mode, or complete mode after an aggregation.",
	}}
	sortOfStream = statement{"Sorting is not supported on streaming DataFrames/Datasets, unless it is on aggregated DataFrame/Dataset in Complete output mode", Advice{
		"Un flux n'a pas de fin, donc pas d'ordre : triez après une agrégation, en mode complet, ou dans ForeachBatch.",
		"A stream has no end and so no order: sort after an aggregation in complete mode, or in ForeachBatch.",
	}}
	twoAggregates = statement{"Detected pattern of possible 'correctness' issue due to global watermark. The query contains stateful operation which can emit rows older than the current watermark plus allowed late record delay, which are \"late rows\" in downstream stateful operations and these rows can be discarded. Please refer the programming guide doc for more details. If you understand the possible risk of correctness issue and still need to run the query, you can disable this check by setting the config `spark.sql.streaming.statefulOperator.checkCorrectness.enabled` to false.", Advice{
		"Deux opérateurs avec état ne se suivent qu'en mode ajout, où le premier ne rend que des lignes définitives.",
		"Two stateful operators can only follow each other in append mode, where the first gives rows that are final.",
	}}
)

// What to do, where the sentence holds something of the query.
var (
	completeNeedsAggregate = Advice{
		"Le mode complet réécrit toute la table de résultats, que seule une agrégation garde : ajoutez GroupBy, ou prenez le mode ajout.",
		"Complete mode writes the whole result table again, which only an aggregation keeps: add a GroupBy, or use append mode.",
	}
	appendNeedsWatermark = Advice{
		"En mode ajout un groupe sort quand rien ne peut plus le changer : appelez WithWatermark et groupez par cette colonne ou par une fenêtre sur elle ; ou prenez le mode mise à jour.",
		"In append mode a group comes out when nothing can change it: call WithWatermark and group by that column or by a window over it; or use update mode.",
	}
	sessionNotInUpdate = Advice{
		"Une session change de début et de fin quand des lignes arrivent : prenez le mode ajout, ou complet.",
		"A session changes its start and end as rows arrive: use append or complete mode.",
	}
	outerJoinInUpdate = Advice{
		"Prenez le mode ajout : une ligne sans correspondance ne sort qu'une fois, quand il ne peut plus en venir.",
		"Use append mode: a row without a match comes out once, when none can come any more.",
	}
	joinInComplete = Advice{
		"Prenez le mode ajout ou mise à jour : le mode complet garderait toutes les paires pour toujours.",
		"Use append or update mode: complete mode would keep all pairs for ever.",
	}
	outerOnTable = Advice{
		"Pour savoir qu'une ligne de la table n'a pas de correspondance il faudrait attendre la fin du flux : gardez les lignes du côté du flux (left_outer si le flux est à gauche, right_outer s'il est à droite).",
		"To know that a row of the table has no match one would have to wait for the end of the stream: keep the rows of the stream's side (left_outer with the stream on the left, right_outer with it on the right).",
	}
	antiJoin = Advice{
		"Dire qu'une ligne n'aura jamais de correspondance demande la fin du flux de droite : prenez left_outer avec une condition de temps, puis gardez les lignes sans correspondance.",
		"To say that a row will never have a match takes the end of the stream on the right: use left_outer with a time range, then keep the rows without a match.",
	}
	joinNeedsRange = Advice{
		"Appelez WithWatermark des deux côtés et bornez l'écart des temps dans la condition (par exemple rt >= lt AND rt <= lt + INTERVAL '10 minutes'), ou joignez par la colonne de temps.",
		"Call WithWatermark on both sides and bound the distance of the times in the condition (say rt >= lt AND rt <= lt + INTERVAL '10 minutes'), or join by the time column.",
	}
	stateModes = Advice{
		"Démarrez la requête dans le mode que la fonction annonce.",
		"Start the query in the mode that the function declares.",
	}
	stateWithAggregate = Advice{
		"Avec une agrégation la fonction doit être en mode ajout, et se trouver avant l'agrégation.",
		"With an aggregation the function must be in append mode, and come before the aggregation.",
	}
	timeoutNeedsWatermark = Advice{
		"Appelez WithWatermark avant : c'est le filigrane qui dit quand le délai est passé.",
		"Call WithWatermark before: the watermark says when the timeout has passed.",
	}
	windowFunction = Advice{
		"Une fonction de fenêtrage OVER demande toute la partition : groupez par une fenêtre de temps, frame.Window.",
		"A window function OVER needs the whole partition: group by a window of time, frame.Window.",
	}
)
