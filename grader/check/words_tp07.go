package check

import "etincelle/grader/message"

// The keys of TP 7.
const (
	NotForAStream            Key = "notForAStream"
	CancelledInCount         Key = "cancelledInCount"
	CancelledAsZero          Key = "cancelledAsZero"
	WrongBatch               Key = "wrongBatch"
	Tumbling                 Key = "tumbling"
	BoundsOffByOne           Key = "boundsOffByOne"
	NoWatermark              Key = "noWatermark"
	WatermarkAside           Key = "watermarkAside"
	WatermarkAfterGroupBy    Key = "watermarkAfterGroupBy"
	WatermarkOfNow           Key = "watermarkOfNow"
	WatermarkOtherDelay      Key = "watermarkOtherDelay"
	StateGrows               Key = "stateGrows"
	SinkNotUsed              Key = "sinkNotUsed"
	OptionsDropped           Key = "optionsDropped"
	ModeForFinal             Key = "modeForFinal"
	ModeForChanges           Key = "modeForChanges"
	ModeForBoard             Key = "modeForBoard"
	RowsSummed               Key = "rowsSummed"
	LastBatchOnly            Key = "lastBatchOnly"
	OldCountKept             Key = "oldCountKept"
	OrderAssumed             Key = "orderAssumed"
	WrongStandings           Key = "wrongStandings"
	AppendWithoutWatermark   Key = "appendWithoutWatermark"
	AppendMarkedAside        Key = "appendMarkedAside"
	CompleteWithoutAggregate Key = "completeWithoutAggregate"
	SortedStream             Key = "sortedStream"
	ModeRefused              Key = "modeRefused"
	ModeForgotten            Key = "modeForgotten"
)

var messagesTP07 = map[Key]message.Text{
	NotForAStream: message.Both(
		"Sur un flux, la fonction ne donne rien. Spark dit : {text}.",
		"On a stream the function gives nothing. Spark says: {text}."),
	CancelledInCount: message.Both(
		"Des vols annulés sont comptés parmi les vols partis.",
		"Cancelled flights are counted among those that departed."),
	CancelledAsZero: message.Both(
		"Le retard moyen compte les vols annulés pour 0 minute.",
		"The mean delay takes cancelled flights for 0 minutes."),
	WrongBatch: message.Both(
		"Lot {batch}, mode {mode} : sur {wanted:ligne attendue|lignes attendues}, {missing:manque|manquent} et {extra:est en trop|sont en trop}.",
		"Batch {batch}, {mode} mode: of {wanted:wanted row|wanted rows}, {missing:is|are} missing and {extra:is|are} too many."),
	Tumbling: message.Both(
		"Chaque événement n'est compté que dans une fenêtre ; avec {length} minutes toutes les {slide}, il tombe dans {windows}.",
		"Each event is counted in one window only; with {length} minutes every {slide} it falls in {windows}."),
	BoundsOffByOne: message.Both(
		"Un événement de l'instant où une fenêtre finit est compté dans cette fenêtre, et pas dans celle qui commence alors.",
		"An event of the instant when a window ends is counted in that window, and not in the one that begins then."),
	NoWatermark: message.Both(
		"La requête n'a pas de filigrane : {state:ligne reste|lignes restent} dans l'état, et le mode ajout est refusé. Spark dit : {text}.",
		"The query has no watermark: {state:row stays|rows stay} in the state, and append mode is refused. Spark says: {text}."),
	WatermarkAside: message.Both(
		"Le filigrane est sur la colonne {column}, et les fenêtres sont sur {over}.",
		"The watermark is on column {column}, and the windows are over {over}."),
	WatermarkAfterGroupBy: message.Both(
		"Le filigrane (colonne {column}) est posé après le GroupBy : l'agrégation ne le voit pas.",
		"The watermark (column {column}) is set after the GroupBy: the aggregation does not see it."),
	WatermarkOfNow: message.Both(
		"Le filigrane est sur {column}, qui n'est pas une colonne du flux : c'est l'heure du calcul, et non celle de l'événement.",
		"The watermark is on {column}, which is no column of the stream: it is the time of the computation, and not of the event."),
	WatermarkOtherDelay: message.Both(
		"Le filigrane attend {minutes:minute|minutes} ; l'énoncé en demande {wanted}.",
		"The watermark waits {minutes:minute|minutes}; the exercise asks for {wanted}."),
	StateGrows: message.Both(
		"À la fin, l'état garde {state:ligne|lignes} ; {wanted:suffit|suffisent}.",
		"At the end the state keeps {state:row|rows}; {wanted:suffices|suffice}."),
	SinkNotUsed: message.Both(
		"Aucun lot n'est arrivé dans sink.",
		"No batch came to sink."),
	OptionsDropped: message.Both(
		"La requête a démarré sans les options reçues : elle tourne toute seule.",
		"The query was started without the options that came: it runs by itself."),
	ModeForFinal: message.Both(
		"L'archive reçoit {rows:ligne|lignes} en mode {mode} ; {wantedRows:attendue|attendues}, chacune définitive.",
		"The archive got {rows:row|rows} in {mode} mode; {wantedRows} wanted, each of them final."),
	ModeForChanges: message.Both(
		"L'alarme reçoit {rows:ligne|lignes} en mode {mode} ; {wantedRows:attendue|attendues} : les comptes changés, dès qu'ils changent.",
		"The alarm got {rows:row|rows} in {mode} mode; {wantedRows} wanted: the counts that changed, as soon as they do."),
	ModeForBoard: message.Both(
		"L'écran reçoit {rows:ligne|lignes} en mode {mode} ; {wantedRows:attendue|attendues} : la table entière, à chaque lot.",
		"The screen got {rows:row|rows} in {mode} mode; {wantedRows} wanted: the whole table, in each batch."),
	RowsSummed: message.Both(
		"Les comptes des {batches:lot|lots} (mode {mode}) sont additionnés : {got} au lieu de {wanted}.",
		"The counts of the {batches:batch|batches} ({mode} mode) are added up: {got} instead of {wanted}."),
	LastBatchOnly: message.Both(
		"Seul le dernier lot (mode {mode}) est gardé : {got} au lieu de {wanted}.",
		"Only the last batch ({mode} mode) is kept: {got} instead of {wanted}."),
	OldCountKept: message.Both(
		"Un compte plus récent (mode {mode}) ne remplace pas l'ancien : {got} au lieu de {wanted}.",
		"A newer count ({mode} mode) does not take the place of the old one: {got} instead of {wanted}."),
	OrderAssumed: message.Both(
		"Les comptes sont justes, mais pas leur ordre : {got} au lieu de {wanted}.",
		"The counts are right, and their order is not: {got} instead of {wanted}."),
	WrongStandings: message.Both(
		"Mode {mode} : {got} au lieu de {wanted}.",
		"{mode} mode: {got} instead of {wanted}."),
	AppendWithoutWatermark: message.Both(
		"{question} : le mode ajout est refusé, faute de filigrane. Spark dit : {text}.",
		"{question}: append mode is refused, for want of a watermark. Spark says: {text}."),
	AppendMarkedAside: message.Both(
		"{question} : le mode ajout est refusé, le filigrane est sur une autre colonne que les fenêtres. Spark dit : {text}.",
		"{question}: append mode is refused, the watermark is on another column than the windows. Spark says: {text}."),
	CompleteWithoutAggregate: message.Both(
		"{question} : le mode complet est refusé sans agrégation. Spark dit : {text}.",
		"{question}: complete mode is refused without an aggregation. Spark says: {text}."),
	SortedStream: message.Both(
		"{question} : trier un flux est refusé en mode {mode}. Spark dit : {text}.",
		"{question}: sorting a stream is refused in {mode} mode. Spark says: {text}."),
	ModeRefused: message.Both(
		"{question} : le mode {mode} est refusé. Spark dit : {text}.",
		"{question}: {mode} mode is refused. Spark says: {text}."),
	ModeForgotten: message.Both(
		"{question} : la requête démarre aussi en mode {mode}.",
		"{question}: the query starts in {mode} mode too."),
}

var reasonsTP07 = map[Key]message.Text{
	NotForAStream: message.Both(
		"Un flux n'a pas de fin : on ne peut ni le ramener (Collect), ni le trier, ni le remplacer par une table. Décrivez le résultat par des transformations ; la requête le calcule lot après lot.",
		"A stream has no end: it cannot be brought to the program (Collect), sorted, or replaced by a table. Describe the result by transformations; the query computes it batch after batch."),
	CancelledInCount: message.Both(
		"Un vol annulé n'a pas de retard (null). Count(colonne) ne compte pas les null ; CountAll et Groups.Count comptent les lignes.",
		"A cancelled flight has no delay (null). Count(column) leaves nulls out; CountAll and Groups.Count count rows."),
	CancelledAsZero: message.Both(
		"null veut dire « pas de valeur », et non zéro : Avg laisse les null de côté, si on ne les remplace pas avant.",
		"null means “no value”, and not zero: Avg leaves nulls out, unless they are replaced before."),
	WrongBatch: message.Both(
		"Refaites ce lot sur papier : quelles lignes arrivent, quels groupes changent, où est le filigrane ? Le mode décide ensuite de ce qui sort.",
		"Work this batch out on paper: which rows arrive, which groups change, where is the watermark? The mode then decides what comes out."),
	Tumbling: message.Both(
		"Window(colonne, durée, pas) : avec un pas plus court que la durée les fenêtres glissent et se recouvrent ; avec un pas égal elles se suivent.",
		"Window(column, length, slide): with a slide shorter than the length windows slide and overlap; with an equal one they follow each other."),
	BoundsOffByOne: message.Both(
		"Une fenêtre contient son début et pas sa fin : [12:00, 12:20). Ne déplacez pas l'heure de l'événement.",
		"A window holds its start and not its end: [12:00, 12:20). Do not move the time of the event."),
	NoWatermark: message.Both(
		"Sans filigrane, une ligne d'il y a un an peut encore venir : rien n'est jamais définitif, et rien ne peut être oublié. WithWatermark dit combien de temps on attend.",
		"Without a watermark a row of a year ago may still come: nothing is ever final, and nothing can be forgotten. WithWatermark says how long to wait."),
	WatermarkAside: message.Both(
		"Le filigrane ferme des fenêtres de la colonne qu'il marque, et de nulle autre : marquez celle sur laquelle les fenêtres sont faites.",
		"A watermark closes windows over the column that it marks, and over no other: mark the one that the windows are made of."),
	WatermarkAfterGroupBy: message.Both(
		"C'est l'agrégation qui garde l'état et qui doit savoir ce qu'elle peut oublier : WithWatermark vient avant GroupBy, sur la colonne de l'événement.",
		"It is the aggregation that keeps the state and must know what it may forget: WithWatermark comes before GroupBy, on the column of the event."),
	WatermarkOfNow: message.Both(
		"L'heure du calcul n'a jamais de retard, mais elle ne dit rien de l'événement : rejouer le flux demain donnerait autre chose. Le filigrane se pose sur l'heure de l'événement.",
		"The time of the computation is never late, and it says nothing of the event: the same stream played tomorrow would give something else. The watermark goes on the time of the event."),
	WatermarkOtherDelay: message.Both(
		"Un délai plus court perd des événements en retard ; un délai plus long fait attendre et garde plus d'état.",
		"A shorter delay loses late events; a longer one makes everybody wait and keeps more state."),
	StateGrows: message.Both(
		"Ce qui n'est jamais fermé reste dans l'état : un flux qui dure le remplit. Le filigrane, sur la colonne des fenêtres, fait oublier.",
		"What is never closed stays in the state, and a long stream fills it. A watermark, on the column of the windows, makes it forget."),
	SinkNotUsed: message.Both(
		"stream.Start(counts, mode, sink, options...) : donnez le puits (sink) que vous avez reçu, et toutes les options.",
		"stream.Start(counts, mode, sink, options...): give the sink that you got, and all the options."),
	OptionsDropped: message.Both(
		"Les options reçues disent quand un lot est lancé et sous quel nom : transmettez-les toutes à stream.Start, après le puits (options...).",
		"The options that came say when a batch runs, and under which name: pass all of them on to stream.Start, after the sink (options...)."),
	ModeForFinal: message.Both(
		"Seul le mode ajout (append) écrit une ligne une fois, quand le filigrane a passé la fin de sa fenêtre ; les deux autres écrivent des comptes qui changeront encore.",
		"Append mode alone writes a row once, when the watermark has passed the end of its window; the two others write counts that will still change."),
	ModeForChanges: message.Both(
		"Le mode mise à jour (update) donne à chaque lot les groupes que ce lot a changés, et eux seuls. Le mode ajout attend la fermeture ; le mode complet redonne tout.",
		"Update mode gives in each batch the groups that this batch changed, and those alone. Append mode waits until they close; complete mode gives everything again."),
	ModeForBoard: message.Both(
		"Le mode complet (complete) redonne toute la table à chaque lot. En mise à jour, l'écran n'aurait que les lignes changées ; en ajout, que les fenêtres fermées.",
		"Complete mode gives the whole table again in each batch. In update mode the screen would have the rows that changed; in append mode the windows that are closed."),
	RowsSummed: message.Both(
		"Une ligne est le compte tel qu'il est maintenant, et non ce qui s'y ajoute : en modes complet et mise à jour, elle remplace la précédente.",
		"A row is the count as it is now, and not what is added to it: in complete and update mode it takes the place of the one before."),
	LastBatchOnly: message.Both(
		"Les modes mise à jour et ajout ne donnent pas la table entière : ce qui n'est pas dans un lot n'a pas changé, et reste.",
		"Update and append mode do not give the whole table: what is not in a batch has not changed, and stays."),
	OldCountKept: message.Both(
		"La dernière ligne reçue pour une clé est la bonne : écrivez par-dessus (upsert).",
		"The last row that came for a key is the right one: write over the old one (upsert)."),
	OrderAssumed: message.Both(
		"Les lignes d'un lot viennent de plusieurs tâches, dans un ordre que rien ne fixe : triez vous-même, y compris les égalités.",
		"The rows of a batch come from several tasks, in an order that nothing fixes: sort them yourself, ties included."),
	WrongStandings: message.Both(
		"Que veut dire une ligne dans ce mode : un compte définitif, un compte changé, ou une ligne de la table entière ?",
		"What does a row mean in this mode: a final count, a count that changed, or a row of the whole table?"),
	AppendWithoutWatermark: message.Both(
		"En ajout, une ligne écrite ne change plus. Sans filigrane aucun compte n'est jamais définitif : il n'y aurait rien à écrire.",
		"In append mode a row that is written changes no more. Without a watermark no count is ever final: there would be nothing to write."),
	AppendMarkedAside: message.Both(
		"Le filigrane d'une autre colonne ne dit pas quand une fenêtre sur at est finie : c'est comme s'il n'y en avait pas.",
		"A watermark on another column does not tell when a window over at is over: it is as if there were none."),
	CompleteWithoutAggregate: message.Both(
		"Redonner toute la table demande de la garder. Une agrégation garde ses groupes ; sans elle il faudrait garder tout le flux.",
		"To give the whole table again it must be kept. An aggregation keeps its groups; without one the whole stream would have to be kept."),
	SortedStream: message.Both(
		"Un ordre total n'existe que pour une table entière : après une agrégation, en mode complet. La prochaine ligne d'un flux peut aller n'importe où.",
		"A total order exists for a whole table only: after an aggregation, in complete mode. The next row of a stream may go anywhere."),
	ModeRefused: message.Both(
		"Demandez-vous ce que Spark devrait garder pour répondre : si c'est tout le flux, il refuse.",
		"Ask what Spark would have to keep to answer: when it is the whole stream, it refuses."),
	ModeForgotten: message.Both(
		"Essayez dans le notebook : stream.Start dit tout de suite si un mode est refusé.",
		"Try it in the notebook: stream.Start says at once whether a mode is refused."),
}
