package streaming

import "etincelle/grader/message"

// The words of the screens: all that is not a sentence about a step (those are the
// model's).
var (
	titleTime       = message.Both("Temps d'événement → · arrivée ↓ · ┃ filigrane ░ trop tard ✗ rejeté", "Event time → · arrival ↓ · ┃ watermark ░ too late ✗ dropped")
	titleState      = message.Both("Fenêtres et état · {mode}", "Windows and state · {mode}")
	titleWhy        = message.Both("Pourquoi ?", "Why?")
	titleDifference = message.Both("Différence avec l'essai d'avant", "Difference with the run before")

	batchWord          = message.Both("lot", "batch")
	batchesWord        = message.Both("lots", "batches")
	emptyBatch         = message.Both("(lot vide)", "(no rows)")
	rowsRead           = message.Both("{rows:ligne lue|lignes lues} : {texts}", "{rows:row read|rows read}: {texts}")
	emptyInParentheses = message.Both("(n) : lot sans ligne", "(n): batch without rows")
	batchOf            = message.Both("lot {batch}/{last}", "batch {batch}/{last}")
	ofBatch            = message.Both("lot {batch}", "batch {batch}")
	ownBatch           = message.Both("son lot {batch}", "its batch {batch}")
	slidingWindow      = message.Both("fenêtre {window}, pas {slide}", "window {window}, slide {slide}")
	slidingShort       = message.Both("fenêtre {window}/{slide}", "window {window}/{slide}")
	oneWindow          = message.Both("fenêtre {window}", "window {window}")
	watermarkDelay     = message.Both("filigrane {delay}", "watermark {delay}")

	windowWord   = message.Both("fenêtre", "window")
	stateless    = message.Both("Cette requête n'a pas d'état : elle ne garde rien d'un lot à l'autre.", "This query has no state: it keeps nothing from one batch to the next.")
	noState      = message.Both("Rien en mémoire.", "Nothing is remembered.")
	stateCounts  = message.Both("{total:ligne|lignes} · modifiées {updated} · supprimées {removed} · tardives {dropped}", "{total:row|rows} · updated {updated} · removed {removed} · late {dropped}")
	partialState = message.Both("Trop de changements dans un lot : la liste n'est pas complète.", "Too many changes in one batch: the list is not complete.")
	closesAt     = message.Both("ferme ≥ {by}", "closes ≥ {by}")
	closedNow    = message.Both("FERMÉE", "CLOSED")
	was          = message.Both("(était {before})", "(was {before})")
	newRow       = message.Both("◀ nouveau", "◀ new")
	rowsOut      = message.Both("{rows:ligne|lignes} · {total} depuis le début", "{rows:row|rows} · {total} since the start")
	rowsHidden   = message.Both("… et {rows:autre ligne|autres lignes}", "… and {rows:more row|more rows}")
	noBatchYet   = message.Both("Aucun lot encore.", "No batch yet.")
	noBatchHere  = message.Both("Pas de lot ici : sans ligne nouvelle, ce mode n'écrit rien. Son dernier lot, {batch}, a écrit {rows:ligne|lignes}.", "No batch here: without new rows this mode writes nothing. Its last batch, {batch}, wrote {rows:row|rows}.")
	otherMode    = message.Both("{mode} : {rows:ligne|lignes}", "{mode}: {rows:row|rows}")
	otherNothing = message.Both("{mode} : pas de lot ici", "{mode}: no batch here")
	queryFailed  = message.Both("La requête a échoué : {error}", "The query failed: {error}")

	noRowHere   = message.Both("Ce lot n'a pas d'autre ligne : n passe au suivant.", "This batch has no other row: n goes to the next.")
	smallWindow = message.Both("Fenêtre de {width} × {height} : un panneau à la fois (Tab). Tout tient en 80 × 24.", "A window of {width} × {height}: one panel at a time (Tab). 80 × 24 holds all.")

	askedBatch  = message.Both("Aller au lot : ", "Go to batch: ")
	askedText   = message.Both("Chercher : ", "Search: ")
	signsLegend = message.Both(
		"┃ filigrane en vigueur  ░ trop tard : avant le filigrane du lot d'avant  ✗ ligne rejetée  ± rejetée d'une partie de ses fenêtres  2–9, + plusieurs lignes  ◀ plus tôt que l'axe : sa première heure  ▲ modifié par ce lot  · aucun",
		"┃ watermark in force  ░ too late: before the watermark of the batch before  ✗ row dropped  ± dropped from some of its windows  2–9, + several rows  ◀ before the axis: its first time  ▲ changed by this batch  · none")
)
