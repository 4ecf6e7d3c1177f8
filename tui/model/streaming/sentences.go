package streaming

import "etincelle/grader/message"

// The names of the modes.
var modeNames = map[string]message.Text{
	"append":   message.Both("ajout", "append"),
	"update":   message.Both("mise à jour", "update"),
	"complete": message.Both("complet", "complete"),
}

// ModeName is a mode in both languages.
func ModeName(mode string) message.Text {
	if name, known := modeNames[mode]; known {
		return name
	}
	return message.Both(mode, mode)
}

// The sentences of "why?". Each has its facts from the engine's events.
var (
	atStart = message.Both(
		"Aucun lot n'a encore tourné : n lance le premier. {steps:pas|pas} en tout.",
		"No batch has run yet: n runs the first. {steps:step|steps} in all.")

	droppedGroup = message.Both(
		"Le groupe « {key} » de la fenêtre {window} est rejeté ({modes}) : la fin de la fenêtre, {end}, n'est pas après {late}, le filigrane du lot d'avant.",
		"Group “{key}” of window {window} is dropped ({modes}): the window's end, {end}, is not after {late}, the watermark of the batch before.")
	droppedRow = message.Both(
		"La ligne « {row} » est rejetée ({modes}) : son temps, {end}, n'est pas après {late}, le filigrane du lot d'avant.",
		"Row “{row}” is dropped ({modes}): its time, {end}, is not after {late}, the watermark of the batch before.")
	lateCounts = message.Both(
		"{events:événement tardif|événements tardifs}, mais {rows:ligne rejetée|lignes rejetées} dans le compteur de Spark : il compte après l'agrégation partielle, une fois par fenêtre et par clé.",
		"{events:late event|late events}, but {rows:row dropped|rows dropped} in Spark's counter: it counts after the partial aggregation, once a window and key.")
	keepsLate = message.Both(
		"Le mode {modes} garde tout son état : il compte aussi les événements tardifs.",
		"Mode {modes} keeps all of its state: it counts late events as well.")

	closedAppend = message.Both(
		"La fenêtre {window} sort maintenant en mode ajout ({rows:ligne|lignes}), et quitte l'état : sa fin, {end}, n'est pas après le filigrane {watermark}. Plus rien ne peut la changer.",
		"Window {window} comes out now in append mode ({rows:row|rows}) and leaves the state: its end, {end}, is not after the watermark {watermark}. Nothing can change it any more.")
	closedUpdate = message.Both(
		"En mode mise à jour, la fenêtre {window} quitte l'état sans rien écrire : ses lignes étaient déjà sorties à chaque changement.",
		"In update mode, window {window} leaves the state and writes nothing: its rows came out at each change already.")

	noBatch = message.Both(
		"Le mode {mode} n'a pas de lot à ce pas : sans ligne nouvelle, il n'a rien à refaire.",
		"Mode {mode} has no batch in this step: without new rows it has nothing to do again.")
	outComplete = message.Both(
		"Complet écrit toute la table de résultats : {rows:ligne|lignes}.",
		"Complete writes the whole result table: {rows:row|rows}.")
	outUpdate = message.Both(
		"Mise à jour écrit les lignes que ce lot a changées : {rows:ligne|lignes}.",
		"Update writes the rows that this batch changed: {rows:row|rows}.")
	outAppend = message.Both(
		"Ajout écrit ce qui ne peut plus changer : {rows:ligne|lignes}.",
		"Append writes what can change no more: {rows:row|rows}.")
	outAtOnce = message.Both(
		"La requête ne garde rien d'un lot à l'autre : elle n'a pas d'état, et ce qu'elle tire des lignes lues sort aussitôt, {rows:ligne|lignes}.",
		"The query keeps nothing from one batch to the next: it has no state, and what it makes of the rows that it reads comes out at once, {rows:row|rows}.")
	ranAgain = message.Both(
		"Ce lot avait déjà commencé ({n:fois|fois}) sans que sa fin soit notée : il a tourné de nouveau, avec les mêmes lignes et le même numéro. Ce que le puits avait déjà écrit lui est donné encore.",
		"This batch had begun before ({n:time|times}) and its end was not noted: it ran again, with the same rows and the same number. What the sink had written already is given to it again.")
	outNothingYet = message.Both(
		"Ajout n'écrit rien : aucune fenêtre n'est passée sous le filigrane {watermark}. La prochaine, {window}, attend que le filigrane atteigne {end} : un événement de {by} ou plus tard.",
		"Append writes nothing: no window has fallen behind the watermark {watermark}. The next, {window}, waits for the watermark to reach {end}: an event of {by} or later.")

	outNothingFirst = message.Both(
		"Ajout n'écrit rien : il n'y a pas encore de filigrane. La première fenêtre, {window}, attend qu'il atteigne {end} : un événement de {by} ou plus tard.",
		"Append writes nothing: there is no watermark yet. The first window, {window}, waits for it to reach {end}: an event of {by} or later.")

	emptyBatch        = message.Both("Ce lot ne lit aucune ligne : {reason}.", "This batch reads no row: {reason}.")
	watermarkHasMoved = message.Both("le filigrane a avancé, et des fenêtres peuvent se fermer", "the watermark has moved, and windows may close")
	moreRows          = message.Both("{rows:autre ligne lue n'est pas détaillée|autres lignes lues ne sont pas détaillées}.", "{rows:more row was read and is not listed|more rows were read and are not listed}.")

	oneByOne = message.Both("{rows:autre ligne lue|autres lignes lues} : la touche . les montre une à une.", "{rows:more row was read|more rows were read}: key . shows them one by one.")

	rowLate = message.Both(
		"« {row} »{at} : trop tard pour {windows} (filigrane du lot d'avant : {late}).",
		"“{row}”{at}: too late for {windows} (watermark of the batch before: {late}).")
	rowPartly = message.Both(
		"« {row} »{at} : trop tard pour {windows}, compté dans {groups}.",
		"“{row}”{at}: too late for {windows}, counted in {groups}.")
	rowCounted     = message.Both("« {row} »{at} : {groups}.", "“{row}”{at}: {groups}.")
	atTime         = message.Both(" à {time}", " at {time}")
	rowRead        = message.Both("« {row} »{at} : lu ; aucun groupe de l'état n'est détaillé pour lui.", "“{row}”{at}: read; no group of the state is listed for it.")
	rowPassed      = message.Both("« {row} »{at} : lu.", "“{row}”{at}: read.")
	groupOpened    = message.Both("{group} ouvert à {after}", "{group} opened at {after}")
	groupOpenedBy  = message.Both("{group} ouvert à {after} par {rows:ligne|lignes} de ce lot", "{group} opened at {after} by {rows:row|rows} of this batch")
	groupUpdatedBy = message.Both("{group} passe de {before} à {after} avec {rows:ligne|lignes} de ce lot", "{group} goes from {before} to {after} with {rows:row|rows} of this batch")
	groupUpdated   = message.Both("{group} passe de {before} à {after}", "{group} goes from {before} to {after}")

	noWatermark     = message.Both("La requête n'a pas de filigrane : rien n'est jamais trop tard, et l'état ne se vide pas.", "The query has no watermark: nothing is ever too late, and the state never empties.")
	nothingLate     = message.Both("La requête n'a pas de filigrane : rien n'est jamais trop tard.", "The query has no watermark: nothing is ever too late.")
	watermarkNotYet = message.Both(
		"Pas encore de filigrane dans ce lot : il se calcule à la fin d'un lot, pour le suivant (plus grand temps vu − {delay}).",
		"No watermark in this batch yet: it is computed at the end of a batch, for the next (latest time seen − {delay}).")
	watermarkFrom = message.Both(
		"Filigrane en vigueur : {watermark}, soit {at} (le plus tard vu, fixé à la fin du lot {batch}) − {delay}. Il ne recule jamais.",
		"Watermark in force: {watermark}, that is {at} (the latest seen, set at the end of batch {batch}) − {delay}. It never moves back.")
	lateByBefore = message.Both(
		"Les retards se jugent avec le filigrane du lot d'avant, {late} ; les fenêtres se ferment avec celui de ce lot, {watermark}.",
		"Late rows are judged by the watermark of the batch before, {late}; windows close by that of this batch, {watermark}.")
	noLateYet = message.Both(
		"Rien n'est encore trop tard : les retards se jugent avec le filigrane du lot d'avant, qui n'en avait pas ; les fenêtres se ferment avec celui de ce lot, {watermark}.",
		"Nothing is late yet: late rows are judged by the watermark of the batch before, which had none; windows close by that of this batch, {watermark}.")
	watermarkMoves = message.Both(
		"Après ce lot, le filigrane passe à {watermark} : {at} ({row}) − {delay}.",
		"After this batch the watermark becomes {watermark}: {at} ({row}) − {delay}.")
	watermarkStays = message.Both(
		"Après ce lot, le filigrane reste {watermark} : aucun événement après {seen}. Le temps d'événement n'avance qu'avec les données.",
		"After this batch the watermark stays {watermark}: no event after {seen}. Event time moves with the data alone.")

	closedBy = message.Both(
		"{window} reste ouverte ({groups:groupe|groupes}) : un événement de {by} ou plus tard la fermerait.",
		"{window} stays open ({groups:group|groups}): an event of {by} or later would close it.")
	neverClosed = message.Both(
		"{window} reste ouverte ({groups:groupe|groupes}) : rien ne la fermera.",
		"{window} stays open ({groups:group|groups}): nothing will close it.")
)
