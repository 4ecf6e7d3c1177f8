package check

import "etincelle/grader/message"

// The keys of TP 8, besides those that it shares with TP 7.
const (
	WindowsUnordered      Key = "windowsUnordered"
	SlideForLength        Key = "slideForLength"
	EndInWindow           Key = "endInWindow"
	OneWindowOnly         Key = "oneWindowOnly"
	WindowsFromEvent      Key = "windowsFromEvent"
	WindowsByDivision     Key = "windowsByDivision"
	WrongWindows          Key = "wrongWindows"
	SessionsAsTheyCame    Key = "sessionsAsTheyCame"
	SessionBorder         Key = "sessionBorder"
	GapFromFirst          Key = "gapFromFirst"
	GapTwice              Key = "gapTwice"
	SessionsNotMerged     Key = "sessionsNotMerged"
	SessionEndsAtEvent    Key = "sessionEndsAtEvent"
	SessionEnd            Key = "sessionEnd"
	WrongSessions         Key = "wrongSessions"
	SlideOverLength       Key = "slideOverLength"
	WindowsOfArrival      Key = "windowsOfArrival"
	StepsForetold         Key = "stepsForetold"
	ForecastCounts        Key = "forecastCounts"
	ForecastOneWindow     Key = "forecastOneWindow"
	ForecastWholeTable    Key = "forecastWholeTable"
	ForecastNeverForgets  Key = "forecastNeverForgets"
	ForecastCountsFirst   Key = "forecastCountsFirst"
	ForecastNeverRefuses  Key = "forecastNeverRefuses"
	ForecastLateEvent     Key = "forecastLateEvent"
	ForecastOwnWatermark  Key = "forecastOwnWatermark"
	ForecastWatermarkBack Key = "forecastWatermarkBack"
	ForecastEndOpen       Key = "forecastEndOpen"
	WrongForecast         Key = "wrongForecast"
	WrongTable            Key = "wrongTable"
	BatchTwice            Key = "batchTwice"
	BatchSkipped          Key = "batchSkipped"
	SumReplaced           Key = "sumReplaced"
	CheckpointOfAnother   Key = "checkpointOfAnother"
	NotUpdateMode         Key = "notUpdateMode"
	BegunAnew             Key = "begunAnew"
)

var messagesTP08 = map[Key]message.Text{
	WindowsUnordered: message.Both(
		"Événement de {at} : les fenêtres sont les bonnes, mais pas dans l'ordre. {got} au lieu de {wanted}.",
		"Event of {at}: the windows are right, and their order is not. {got} instead of {wanted}."),
	SlideForLength: message.Both(
		"Événement de {at} : les fenêtres durent {slide} minutes, le pas, et non {length}, la durée. {got} au lieu de {wanted}.",
		"Event of {at}: the windows are {slide} minutes long, the slide, and not {length}, the length. {got} instead of {wanted}."),
	EndInWindow: message.Both(
		"Événement de {at} : une borne est du mauvais côté. {got} au lieu de {wanted}.",
		"Event of {at}: a bound is on the wrong side. {got} instead of {wanted}."),
	OneWindowOnly: message.Both(
		"Événement de {at} : une seule fenêtre, {got}. Avec {length} minutes toutes les {slide}, il y en a {windows} : {wanted}.",
		"Event of {at}: one window only, {got}. With {length} minutes every {slide} there are {windows}: {wanted}."),
	WindowsFromEvent: message.Both(
		"Événement de {at} : des fenêtres ne commencent pas à un multiple de {slide} minutes. {got} au lieu de {wanted}.",
		"Event of {at}: windows do not begin at a multiple of {slide} minutes. {got} instead of {wanted}."),
	WindowsByDivision: message.Both(
		"Événement de {at} : {got} au lieu de {wanted}, car {length} n'est pas un multiple de {slide}.",
		"Event of {at}: {got} instead of {wanted}, for {length} is no multiple of {slide}."),
	WrongWindows: message.Both(
		"Événement de {at}, fenêtres de {length} minutes toutes les {slide} : {got} au lieu de {wanted}.",
		"Event of {at}, windows of {length} minutes every {slide}: {got} instead of {wanted}."),
	SessionsAsTheyCame: message.Both(
		"Les événements sont pris comme ils viennent, sans être triés : {got} au lieu de {wanted}.",
		"Events are taken as they come, without being sorted: {got} instead of {wanted}."),
	SessionBorder: message.Both(
		"Un événement à {gap:minute|minutes} juste du précédent commence une autre session : {got} au lieu de {wanted}.",
		"An event exactly {gap:minute|minutes} after the one before begins another session: {got} instead of {wanted}."),
	GapFromFirst: message.Both(
		"L'écart est mesuré depuis le début de la session, et non depuis son dernier événement : {got} au lieu de {wanted}.",
		"The gap is measured from the session's start, and not from its last event: {got} instead of {wanted}."),
	GapTwice: message.Both(
		"Des événements distants de plus de {gap:minute|minutes} sont dans la même session : {got} au lieu de {wanted}.",
		"Events more than {gap:minute|minutes} apart are in one session: {got} instead of {wanted}."),
	SessionsNotMerged: message.Both(
		"Chaque événement a sa session : {got} au lieu de {wanted}.",
		"Each event has a session of its own: {got} instead of {wanted}."),
	SessionEndsAtEvent: message.Both(
		"Les sessions finissent avec leur dernier événement, et non {gap:minute|minutes} après : {got} au lieu de {wanted}.",
		"Sessions end with their last event, and not {gap:minute|minutes} after it: {got} instead of {wanted}."),
	SessionEnd: message.Both(
		"Les sessions commencent bien, et finissent mal : {got} au lieu de {wanted}.",
		"Sessions begin where they should, and end elsewhere: {got} instead of {wanted}."),
	WrongSessions: message.Both(
		"Écart de {gap:minute|minutes} : {got} au lieu de {wanted}.",
		"Gap of {gap:minute|minutes}: {got} instead of {wanted}."),
	SlideOverLength: message.Both(
		"Le pas des fenêtres est plus long que leur durée : Spark refuse.",
		"The slide of the windows is longer than they are: Spark refuses."),
	WindowsOfArrival: message.Both(
		"Les fenêtres sont faites de l'heure du départ réel : un vol en retard est compté là où il part, et non là où il était prévu.",
		"The windows are made of the time of the real departure: a late flight is counted where it leaves, and not where it was scheduled."),
	StepsForetold: message.Both(
		"{steps:étape prévue|étapes prévues} ; il y en a {wanted}.",
		"{steps:step|steps} foretold; there are {wanted}."),
	ForecastCounts: message.Both(
		"Étape {step} : {got} au lieu de {wanted} (lignes écrites, état, filigrane). Chaque compte est une ligne, même quand deux événements changent le même.",
		"Step {step}: {got} instead of {wanted} (rows written, state, watermark). Each count is taken for a row, even when two events change the same one."),
	ForecastOneWindow: message.Both(
		"Étape {step} : {got} au lieu de {wanted} (lignes écrites, état, filigrane). Un événement n'est compté que dans une de ses fenêtres.",
		"Step {step}: {got} instead of {wanted} (rows written, state, watermark). An event is counted in one of its windows only."),
	ForecastWholeTable: message.Both(
		"Étape {step} : {got} au lieu de {wanted} (lignes écrites, état, filigrane). C'est la table entière qui est écrite.",
		"Step {step}: {got} instead of {wanted} (rows written, state, watermark). It is the whole table that is written."),
	ForecastNeverForgets: message.Both(
		"Étape {step} : {got} au lieu de {wanted} (lignes écrites, état, filigrane). L'état n'oublie aucune fenêtre.",
		"Step {step}: {got} instead of {wanted} (rows written, state, watermark). The state forgets no window."),
	ForecastCountsFirst: message.Both(
		"Étape {step} : {got} au lieu de {wanted} (lignes écrites, état, filigrane). L'état est compté avant que le nouveau filigrane ne fasse oublier.",
		"Step {step}: {got} instead of {wanted} (rows written, state, watermark). The state is counted before the new watermark makes it forget."),
	ForecastNeverRefuses: message.Both(
		"Étape {step} : {got} au lieu de {wanted} (lignes écrites, état, filigrane). Une fenêtre fermée est comptée encore.",
		"Step {step}: {got} instead of {wanted} (rows written, state, watermark). A closed window is counted again."),
	ForecastLateEvent: message.Both(
		"Étape {step} : {got} au lieu de {wanted} (lignes écrites, état, filigrane). Un événement plus vieux que le filigrane est écarté de toutes ses fenêtres.",
		"Step {step}: {got} instead of {wanted} (rows written, state, watermark). An event older than the watermark is dropped from all its windows."),
	ForecastOwnWatermark: message.Both(
		"Étape {step} : {got} au lieu de {wanted} (lignes écrites, état, filigrane). Le lot est jugé avec le filigrane que ses propres lignes donnent.",
		"Step {step}: {got} instead of {wanted} (rows written, state, watermark). The batch is judged by the watermark that its own rows make."),
	ForecastWatermarkBack: message.Both(
		"Étape {step} : {got} au lieu de {wanted} (lignes écrites, état, filigrane). Le filigrane recule.",
		"Step {step}: {got} instead of {wanted} (rows written, state, watermark). The watermark goes back."),
	ForecastEndOpen: message.Both(
		"Étape {step} : {got} au lieu de {wanted} (lignes écrites, état, filigrane). Une fenêtre qui finit juste au filigrane reste ouverte.",
		"Step {step}: {got} instead of {wanted} (rows written, state, watermark). A window that ends right at the watermark stays open."),
	WrongForecast: message.Both(
		"Étape {step} : {got} au lieu de {wanted} (lignes écrites, état, filigrane).",
		"Step {step}: {got} instead of {wanted} (rows written, state, watermark)."),
	WrongTable: message.Both(
		"Après l'étape {step}, la table a {got} au lieu de {wanted}.",
		"After step {step} the table has {got} instead of {wanted}."),
	BatchTwice: message.Both(
		"Le programme meurt à l'étape {diesAt}, et son lot revient : la table a {got} au lieu de {wanted}, le lot y est deux fois.",
		"The program dies in step {diesAt}, and its batch comes again: the table has {got} instead of {wanted}, with that batch in it twice."),
	BatchSkipped: message.Both(
		"Le lot de l'étape {step} n'est pas dans la table : {got} au lieu de {wanted}.",
		"The batch of step {step} is not in the table: {got} instead of {wanted}."),
	SumReplaced: message.Both(
		"Après l'étape {step}, la table a {got} au lieu de {wanted} : les lignes d'un lot remplacent la somme au lieu de s'y ajouter.",
		"After step {step} the table has {got} instead of {wanted}: the rows of a batch take the sum's place instead of adding to it."),
	CheckpointOfAnother: message.Both(
		"Les fenêtres ont changé, et le point de reprise est celui d'avant. Le moteur refuse : {text}.",
		"The windows have changed, and the checkpoint is the one of before. The engine refuses: {text}."),
	NotUpdateMode: message.Both(
		"Lancement {start} : la requête est en mode {mode}, et non en mise à jour.",
		"Start {start}: the query is in {mode} mode, and not in update mode."),
	BegunAnew: message.Both(
		"Lancement {start}, fenêtres de {length} minutes toutes les {slide} : le premier lot est le lot {batch}, et devait être le lot {wanted}.",
		"Start {start}, windows of {length} minutes every {slide}: the first batch is batch {batch}, and should be batch {wanted}."),
}

var reasonsTP08 = map[Key]message.Text{
	WindowsUnordered: message.Both(
		"L'énoncé veut la plus ancienne d'abord. En remontant le temps à partir de l'événement, on les trouve à l'envers : retournez la liste.",
		"The exercise asks for the earliest first. Going back in time from the event finds them the other way round: reverse the list."),
	SlideForLength: message.Both(
		"La durée (length) dit combien de temps une fenêtre compte ; le pas (slide) dit tous les combien il en commence une.",
		"The length says for how long a window counts; the slide says how often one begins."),
	EndInWindow: message.Both(
		"Une fenêtre contient son début et pas sa fin : [12:05, 12:15). Un événement de 12:15 est dans celle qui commence, et non dans celle qui finit.",
		"A window holds its start and not its end: [12:05, 12:15). An event of 12:15 is in the one that begins, and not in the one that ends."),
	OneWindowOnly: message.Both(
		"Des fenêtres qui se suivent (tumbling) ont un pas égal à leur durée. Avec un pas plus court elles glissent (sliding) et se recouvrent : un événement est dans plusieurs.",
		"Tumbling windows have a slide as long as they are. With a shorter one they slide and overlap: an event is in several."),
	WindowsFromEvent: message.Both(
		"Les fenêtres ne dépendent pas des événements : elles commencent aux multiples entiers du pas, pour tout le monde. Ce sont les sessions qui commencent avec un événement.",
		"Windows do not depend on events: they begin at the whole multiples of the slide, for everybody. It is sessions that begin with an event."),
	WindowsByDivision: message.Both(
		"Le nombre de fenêtres est la durée divisée par le pas, arrondie en haut ou en bas selon l'événement : partez de la dernière qui commence, et remontez tant que l'événement y est.",
		"The number of windows is the length divided by the slide, rounded up or down depending on the event: take the last one that begins, and go back as long as the event is in it."),
	WrongWindows: message.Both(
		"Une fenêtre commence à un multiple du pas, dure length, contient son début et pas sa fin. Lesquelles contiennent l'événement ?",
		"A window begins at a multiple of the slide, is length long, holds its start and not its end. Which ones hold the event?"),
	SessionsAsTheyCame: message.Both(
		"Les lignes d'un flux viennent dans un ordre que rien ne fixe : un événement en retard peut commencer une session, ou en réunir deux. Triez par heure d'événement.",
		"Rows of a stream come in an order that nothing fixes: a late event may begin a session, or join two. Sort by event time."),
	SessionBorder: message.Both(
		"Pour Spark, deux événements distants de l'écart exactement sont dans la même session ; il faut plus que l'écart pour la finir.",
		"For Spark, two events exactly the gap apart are in one session; it takes more than the gap to end it."),
	GapFromFirst: message.Both(
		"Une session n'a pas de durée fixe : chaque événement la prolonge. L'écart est ce qui sépare deux événements voisins.",
		"A session has no fixed length: each event prolongs it. The gap is what lies between two neighbouring events."),
	GapTwice: message.Both(
		"Un événement dure jusqu'à son heure plus l'écart ; le suivant est de la même session s'il vient avant. L'écart ne s'ajoute pas des deux côtés.",
		"An event lasts until its time plus the gap; the next one is of the same session if it comes by then. The gap is not added on both sides."),
	SessionsNotMerged: message.Both(
		"Chaque événement ouvre une session qui dure l'écart ; celles qui se touchent n'en font qu'une.",
		"Each event opens a session as long as the gap; those that touch are one."),
	SessionEndsAtEvent: message.Both(
		"Spark finit une session à son dernier événement plus l'écart : c'est jusque-là qu'un autre pouvait la prolonger, et c'est cette fin que le filigrane doit passer.",
		"Spark ends a session at its last event plus the gap: until then another one could prolong it, and it is this end that the watermark must pass."),
	SessionEnd: message.Both(
		"La fin d'une session est l'heure de son dernier événement plus l'écart, quel que soit l'ordre dans lequel les événements sont venus.",
		"A session ends at the time of its last event plus the gap, whatever the order in which the events came."),
	WrongSessions: message.Both(
		"Triez, puis allez d'un événement au suivant : plus loin que l'écart, une session commence ; sinon elle continue.",
		"Sort, then go from one event to the next: farther than the gap, a session begins; otherwise it goes on."),
	SlideOverLength: message.Both(
		"frame.Window(colonne, durée, pas), dans cet ordre. Un pas plus long que la durée laisserait des trous, dont les événements ne seraient comptés nulle part.",
		"frame.Window(column, length, slide), in this order. A slide longer than the windows would leave gaps, whose events would be counted nowhere."),
	WindowsOfArrival: message.Both(
		"L'heure d'événement est l'heure prévue (scheduled) : elle ne change pas quand le vol tarde. C'est ce qui permet de compter un vol en retard dans sa fenêtre.",
		"Event time is the scheduled time: it does not change when the flight is late. That is what lets a late flight be counted in its window."),
	StepsForetold: message.Both(
		"Une prévision par étape, dans l'ordre des étapes.",
		"One outlook for each step, in the order of the steps."),
	ForecastCounts: message.Both(
		"La mise à jour écrit une ligne par groupe touché (une fenêtre et un mot), quel que soit le nombre d'événements qui y tombent dans le lot.",
		"Update mode writes one row for each group touched (a window and a word), however many events of the batch fall in it."),
	ForecastOneWindow: message.Both(
		"Avec des fenêtres qui glissent, un événement touche autant de groupes qu'il a de fenêtres.",
		"With sliding windows an event touches as many groups as it has windows."),
	ForecastWholeTable: message.Both(
		"La table entière, c'est le mode complet. La mise à jour n'écrit que les groupes que ce lot a touchés ; les autres n'ont pas changé.",
		"The whole table is complete mode. Update mode writes the groups that this batch touched alone; the others have not changed."),
	ForecastNeverForgets: message.Both(
		"Une fenêtre dont la fin ne dépasse pas le filigrane est fermée, et ses groupes sortent de l'état. Sans filigrane (délai négatif) seulement, tout reste.",
		"A window whose end is not after the watermark is closed, and its groups leave the state. Without a watermark (a delay below 0) alone everything stays."),
	ForecastCountsFirst: message.Both(
		"Le filigrane avance à la fin du lot ; un lot sans lignes tourne alors, et l'état oublie ce qu'il ferme. On compte après.",
		"The watermark moves at the end of the batch; a batch without rows runs then, and the state forgets what it closes. Count afterwards."),
	ForecastNeverRefuses: message.Both(
		"Ce qui tombe dans une fenêtre fermée est écarté : le groupe n'est plus dans l'état, le compter encore recommencerait à zéro.",
		"What falls in a closed window is dropped: its group is in the state no more, and to count it again would begin at zero."),
	ForecastLateEvent: message.Both(
		"C'est la fin de chaque fenêtre qui décide, et non l'heure de l'événement : il peut être trop tard pour une de ses fenêtres et pas pour l'autre.",
		"It is the end of each window that decides, and not the time of the event: it may be too late for one of its windows and not for the other."),
	ForecastOwnWatermark: message.Both(
		"Pendant un lot le filigrane ne bouge pas : ses lignes le font avancer pour le lot suivant. Un événement n'est jamais en retard à cause d'un autre du même lot.",
		"During a batch the watermark does not move: its rows make it advance for the next one. An event is never late because of another of the same batch."),
	ForecastWatermarkBack: message.Both(
		"Le filigrane suit l'événement le plus récent de tous les lots passés : un lot d'événements plus vieux ne le fait pas reculer.",
		"The watermark follows the latest event of all batches so far: a batch of older events does not make it go back."),
	ForecastEndOpen: message.Both(
		"La fin n'est pas dans la fenêtre : dès que le filigrane l'atteint, plus rien ne peut venir, et la fenêtre est fermée.",
		"The end is not in the window: as soon as the watermark reaches it nothing can come any more, and the window is closed."),
	WrongForecast: message.Both(
		"Refaites l'étape sur papier : avec le filigrane des étapes d'avant, quels groupes touche-t-elle ? Puis avancez le filigrane, et effacez ce qu'il ferme.",
		"Work the step out on paper: with the watermark of the steps before, which groups does it touch? Then move the watermark, and erase what it closes."),
	WrongTable: message.Both(
		"Que veut dire une ligne du lot : un compte à écrire par-dessus l'ancien, ou un événement à ajouter ?",
		"What does a row of the batch mean: a count to write over the old one, or an event to add?"),
	BatchTwice: message.Both(
		"Un foreachBatch qui additionne n'est qu'« au moins une fois » : après une panne avant le commit, le lot revient avec le même numéro. Gardez ce numéro dans la table elle-même (table.Batch) : une variable du programme meurt avec lui.",
		"A foreachBatch that adds up is “at least once” only: after a death before the commit the batch comes again under the same number. Keep that number in the table itself (table.Batch): a variable of the program dies with it."),
	BatchSkipped: message.Both(
		"Seul un lot qui est déjà dans la table se saute : son numéro n'est pas plus grand que celui du dernier lot écrit. La table commence à -1, les lots à 0.",
		"Only a batch that is in the table already may be skipped: its number is not greater than that of the last batch written. The table begins at -1, batches at 0."),
	SumReplaced: message.Both(
		"Écrire par-dessus convient à des comptes « depuis le début ». Ici chaque ligne est un événement : il s'ajoute.",
		"To write over the old value suits counts “since the beginning”. Here each row is an event: it is added."),
	CheckpointOfAnother: message.Both(
		"L'état gardé compte d'autres fenêtres : un dossier pour chaque requête. Spark 4.3, lui, ne compare que les colonnes : il continuerait avec les comptes de deux sortes de fenêtres, sans rien dire.",
		"The state kept there counts other windows: one folder for each query. Spark 4.3 compares columns only: it would go on with the counts of two kinds of windows, and say nothing."),
	NotUpdateMode: message.Both(
		"stream.Start(counts, stream.Update, sink, …) : chaque lot donne les comptes qu'il a changés.",
		"stream.Start(counts, stream.Update, sink, …): each batch gives the counts that it changed."),
	BegunAnew: message.Both(
		"Une requête reprend où elle s'est arrêtée quand elle retrouve son point de reprise : le dossier doit dépendre des fenêtres, et de rien d'autre. Sans stream.Checkpoint, il est perdu avec elle.",
		"A query goes on where it stopped when it finds its checkpoint again: the folder must depend on the windows, and on nothing else. Without stream.Checkpoint it is lost with the query."),
}
