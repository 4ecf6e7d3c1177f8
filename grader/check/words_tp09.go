package check

import "etincelle/grader/message"

// The keys of TP 9.
const (
	SlidingForTumbling      Key = "slidingForTumbling"
	DelayTooShort           Key = "delayTooShort"
	DelayTooLong            Key = "delayTooLong"
	OtherBatch              Key = "otherBatch"
	WindowsThatWait         Key = "windowsThatWait"
	StrictlyAfter           Key = "strictlyAfter"
	DelayForgotten          Key = "delayForgotten"
	LatestForgotten         Key = "latestForgotten"
	SameBatch               Key = "sameBatch"
	EmptyBatchesForgotten   Key = "emptyBatchesForgotten"
	EmptyBatchesAlways      Key = "emptyBatchesAlways"
	NeverSaid               Key = "neverSaid"
	CalledTooEarly          Key = "calledTooEarly"
	CalledWithoutDelay      Key = "calledWithoutDelay"
	CalledAMinuteShort      Key = "calledAMinuteShort"
	CalledTooLate           Key = "calledTooLate"
	CalledForOneWindow      Key = "calledForOneWindow"
	WrongLateness           Key = "wrongLateness"
	PairsForGroups          Key = "pairsForGroups"
	EventsForRows           Key = "eventsForRows"
	RowsForEvents           Key = "rowsForEvents"
	OlderThanWatermark      Key = "olderThanWatermark"
	PartlyForLost           Key = "partlyForLost"
	EqualIsOpen             Key = "equalIsOpen"
	OtherDelayChosen        Key = "otherDelayChosen"
	JustAsMuch              Key = "justAsMuch"
	DroppedForLost          Key = "droppedForLost"
	WaitingForLost          Key = "waitingForLost"
	DelayTooSmall           Key = "delayTooSmall"
	DelayTooLarge           Key = "delayTooLarge"
	FilesTakeAppend         Key = "filesTakeAppend"
	StartedOver             Key = "startedOver"
	ArchiveEmpty            Key = "archiveEmpty"
	OtherArchive            Key = "otherArchive"
	NotCSV                  Key = "notCSV"
	CheckpointGoesOn        Key = "checkpointGoesOn"
	WindowOverOldCheckpoint Key = "windowOverOldCheckpoint"
	StateOverOldCheckpoint  Key = "stateOverOldCheckpoint"
	DelayOverOldCheckpoint  Key = "delayOverOldCheckpoint"
)

var messagesTP09 = map[Key]message.Text{
	SlidingForTumbling: message.Both(
		"Chaque vol est compté deux fois : les fenêtres se recouvrent.",
		"Each flight is counted twice: the windows overlap."),
	DelayTooShort: message.Both(
		"Le filigrane attend {minutes:minute|minutes} ; delay est de {wanted}.",
		"The watermark waits {minutes:minute|minutes}; delay is {wanted}."),
	DelayTooLong: message.Both(
		"Le filigrane attend {minutes:minute|minutes} ; delay est de {wanted}.",
		"The watermark waits {minutes:minute|minutes}; delay is {wanted}."),
	OtherBatch: message.Both(
		"La fenêtre qui finit à {end} : lot {said} d'après vous, lot {batch} dans le moteur.",
		"The window that ends at {end}: you say batch {said}, the engine says batch {batch}."),
	WindowsThatWait: message.Both(
		"La fenêtre qui finit à {end} ne sort jamais ici ; vous l'attendez au lot {said}.",
		"The window that ends at {end} never comes here; you expect it in batch {said}."),
	StrictlyAfter: message.Both(
		"La fenêtre qui finit à {end} : lot {said} d'après vous, lot {batch} dans le moteur. Vous attendez que le filigrane dépasse la fin.",
		"The window that ends at {end}: you say batch {said}, the engine says batch {batch}. You wait until the watermark is past the end."),
	DelayForgotten: message.Both(
		"La fenêtre qui finit à {end} : lot {said} d'après vous, lot {batch} dans le moteur. Vous la fermez dès qu'un événement a sa fin, sans le délai.",
		"The window that ends at {end}: you say batch {said}, the engine says batch {batch}. You close it as soon as an event has its end, without the delay."),
	LatestForgotten: message.Both(
		"La fenêtre qui finit à {end} : lot {said} d'après vous, lot {batch} dans le moteur. Vous comptez sur l'ordre des événements.",
		"The window that ends at {end}: you say batch {said}, the engine says batch {batch}. You count on the order of the events."),
	SameBatch: message.Both(
		"La fenêtre qui finit à {end} : lot {said} d'après vous, lot {batch} dans le moteur. Le lot {said} lit l'événement qui la ferme, et n'écrit rien.",
		"The window that ends at {end}: you say batch {said}, the engine says batch {batch}. Batch {said} reads the event that closes it, and writes nothing."),
	EmptyBatchesForgotten: message.Both(
		"La fenêtre qui finit à {end} : lot {said} d'après vous, lot {batch} dans le moteur. Vous comptez des étapes, et non des lots.",
		"The window that ends at {end}: you say batch {said}, the engine says batch {batch}. You count steps, and not batches."),
	EmptyBatchesAlways: message.Both(
		"La fenêtre qui finit à {end} : lot {said} d'après vous, lot {batch} dans le moteur. Vous comptez un lot sans lignes après chaque étape.",
		"The window that ends at {end}: you say batch {said}, the engine says batch {batch}. You count a batch without rows after every step."),
	NeverSaid: message.Both(
		"La fenêtre qui finit à {end} sort au lot {batch} ; d'après vous, jamais.",
		"The window that ends at {end} comes in batch {batch}; you say never."),
	CalledTooEarly: message.Both(
		"Après un événement de {at}, {left:fenêtre attend|fenêtres attendent} encore ; il fallait {wanted}.",
		"After an event of {at}, {left:window still waits|windows still wait}; it takes {wanted}."),
	CalledWithoutDelay: message.Both(
		"Après un événement de {at}, {left:fenêtre attend|fenêtres attendent} encore ; il fallait {wanted} : le délai est oublié.",
		"After an event of {at}, {left:window still waits|windows still wait}; it takes {wanted}: the delay is forgotten."),
	CalledAMinuteShort: message.Both(
		"Après un événement de {at}, {left:fenêtre attend|fenêtres attendent} encore ; il fallait {wanted} : il manque une minute, ou moins.",
		"After an event of {at}, {left:window still waits|windows still wait}; it takes {wanted}: a minute is missing, or less."),
	CalledTooLate: message.Both(
		"Un événement de {at} les fait toutes sortir, mais {wanted} suffisait déjà.",
		"An event of {at} makes all of them come, but {wanted} was enough."),
	CalledForOneWindow: message.Both(
		"Après un événement de {at}, {left:fenêtre attend|fenêtres attendent} encore ; il fallait {wanted} : une seule des fins est regardée.",
		"After an event of {at}, {left:window still waits|windows still wait}; it takes {wanted}: one of the ends alone is looked at."),
	WrongLateness: message.Both(
		"Filigrane {watermark} : perdus {lost}, en partie {partly}, lignes {rows} ; il fallait {wantedLost}, {wantedPartly} et {wantedRows}.",
		"Watermark {watermark}: lost {lost}, partly {partly}, rows {rows}; {wantedLost}, {wantedPartly} and {wantedRows} wanted."),
	PairsForGroups: message.Both(
		"{rows:ligne écartée|lignes écartées} d'après vous, Spark en compte {wantedRows} : deux événements du même mot dans la même fenêtre ne font qu'une ligne.",
		"You say {rows:dropped row|dropped rows}, Spark counts {wantedRows}: two events of the same word in the same window are one row."),
	EventsForRows: message.Both(
		"{rows:ligne écartée|lignes écartées} d'après vous, autant que d'événements perdus ; Spark en compte {wantedRows}.",
		"You say {rows:dropped row|dropped rows}, as many as events that are lost; Spark counts {wantedRows}."),
	RowsForEvents: message.Both(
		"{lost:événement perdu|événements perdus} d'après vous, autant que de lignes écartées ; il y en a {wantedLost}.",
		"You say {lost:event lost|events lost}, as many as rows dropped; there are {wantedLost}."),
	OlderThanWatermark: message.Both(
		"{lost:événement perdu|événements perdus} d'après vous : ceux d'avant le filigrane ({watermark}). Il y en a {wantedLost}.",
		"You say {lost:event lost|events lost}: those before the watermark ({watermark}). There are {wantedLost}."),
	PartlyForLost: message.Both(
		"{lost:événement perdu|événements perdus} d'après vous ; {wantedLost} le sont, les autres sont encore comptés dans une de leurs fenêtres.",
		"You say {lost:event lost|events lost}; {wantedLost} are, the others are still counted in one of their windows."),
	EqualIsOpen: message.Both(
		"Une fenêtre qui finit à {watermark}, l'heure du filigrane, est encore ouverte pour vous : perdus {lost} au lieu de {wantedLost}, lignes {rows} au lieu de {wantedRows}.",
		"A window that ends at {watermark}, the time of the watermark, is still open for you: lost {lost} instead of {wantedLost}, rows {rows} instead of {wantedRows}."),
	OtherDelayChosen: message.Both(
		"{said} au lieu de {wanted}.",
		"{said} instead of {wanted}."),
	JustAsMuch: message.Both(
		"{said} au lieu de {wanted} : ce délai perd exactement {percent} %.",
		"{said} instead of {wanted}: this delay loses exactly {percent} %."),
	DroppedForLost: message.Both(
		"{said} au lieu de {wanted} : la perte est prise dans Dropped, qui ne compte pas des vols.",
		"{said} instead of {wanted}: the loss is taken from Dropped, which does not count flights."),
	WaitingForLost: message.Both(
		"{said} au lieu de {wanted} : les vols des fenêtres encore ouvertes sont comptés comme perdus.",
		"{said} instead of {wanted}: the flights of windows that are still open are counted as lost."),
	DelayTooSmall: message.Both(
		"{said} au lieu de {wanted} : avec ce délai {lost:vol perdu|vols perdus} sur {flights}, soit {percent} % ou plus.",
		"{said} instead of {wanted}: with this delay {lost:flight|flights} of {flights} lost, which is {percent} % or more."),
	DelayTooLarge: message.Both(
		"{said} au lieu de {wanted} : la perte convient ({lost:vol|vols} sur {flights}), mais un délai plus court suffisait.",
		"{said} instead of {wanted}: the loss will do ({lost:flight|flights} of {flights}), but a shorter delay was enough."),
	FilesTakeAppend: message.Both(
		"Un puits (sink) de fichiers refuse ce mode : {text}.",
		"A file sink refuses this mode: {text}."),
	StartedOver: message.Both(
		"Tuée au lot {batch}, la requête repart du lot {again} : elle ne sait plus ce qu'elle a lu. {missing:ligne manque|lignes manquent} à l'archive, sur {rows}.",
		"Killed in batch {batch}, the query starts again at batch {again}: it no longer knows what it has read. Of {rows} rows in the archive {missing:is|are} missing."),
	ArchiveEmpty: message.Both(
		"Aucun fichier ne compte dans archive ; {rows:ligne attendue|lignes attendues}.",
		"No file counts in archive; {rows:row|rows} wanted."),
	OtherArchive: message.Both(
		"Sur {rows:ligne attendue|lignes attendues} dans l'archive, {missing:manque|manquent} et {extra:est en trop|sont en trop}.",
		"Of {rows:row|rows} wanted in the archive, {missing:is|are} missing and {extra:is|are} too many."),
	NotCSV: message.Both(
		"Les fichiers de l'archive ne sont pas du CSV : une de leurs lignes commence par une accolade.",
		"The files of the archive are not CSV: one of their lines begins with a brace."),
	CheckpointGoesOn: message.Both(
		"{change} : l'ancien point de reprise suffit, la requête repart.",
		"{change}: the old checkpoint will do, the query goes on."),
	WindowOverOldCheckpoint: message.Both(
		"{change} : il faut un nouveau point de reprise. Le moteur refuse l'ancien : {text}.",
		"{change}: a new checkpoint is needed. The engine refuses the old one: {text}."),
	StateOverOldCheckpoint: message.Both(
		"{change} : il faut un nouveau point de reprise. Le moteur refuse l'ancien : {text}.",
		"{change}: a new checkpoint is needed. The engine refuses the old one: {text}."),
	DelayOverOldCheckpoint: message.Both(
		"{change} : l'ancien point de reprise suffit, la requête repart avec le nouveau délai.",
		"{change}: the old checkpoint will do, the query goes on with the new delay."),
}

var reasonsTP09 = map[Key]message.Text{
	SlidingForTumbling: message.Both(
		"Des fenêtres fixes (tumbling) commencent quand la précédente finit : le pas est égal à la durée, une heure.",
		"Tumbling windows begin where the one before ends: the slide is as long as the window, one hour."),
	DelayTooShort: message.Both(
		"Trop court, le délai ferme une heure avant que ses vols soient partis : ils sont perdus. Le délai est un argument : passez-le à WithWatermark.",
		"Too short a delay closes an hour before its flights have left: they are lost. The delay is an argument: give it to WithWatermark."),
	DelayTooLong: message.Both(
		"Trop long, le délai fait attendre chaque heure et garde plus d'état. Le délai est un argument : passez-le à WithWatermark.",
		"Too long a delay makes every hour wait and keeps more state. The delay is an argument: give it to WithWatermark."),
	OtherBatch: message.Both(
		"Pour chaque étape : le lot qui la lit, puis le filigrane (l'heure la plus récente moins le délai), puis, s'il a avancé, un lot sans lignes. La fenêtre sort dans le premier lot dont le filigrane atteint sa fin.",
		"For each step: the batch that reads it, then the watermark (the latest time less the delay), then, if it has moved, a batch without rows. The window comes in the first batch whose watermark reaches its end."),
	WindowsThatWait: message.Both(
		"Le filigrane n'avance qu'avec des événements plus récents : sans eux les dernières fenêtres attendent, et rien ne les presse, ni la fin du flux ni l'horloge.",
		"The watermark moves with newer events only: without them the last windows wait, and nothing hurries them, neither the end of the stream nor the clock."),
	StrictlyAfter: message.Both(
		"Il suffit qu'il l'atteigne : une fenêtre est fermée quand sa fin est plus petite que le filigrane ou égale, car elle ne contient pas sa fin.",
		"It is enough that it reaches it: a window is closed when its end is less than the watermark or equal, for a window does not hold its end."),
	DelayForgotten: message.Both(
		"Le filigrane est l'heure la plus récente MOINS le délai : il faut un événement de la fin plus le délai.",
		"The watermark is the latest time LESS the delay: it takes an event of the end plus the delay."),
	LatestForgotten: message.Both(
		"Le filigrane part de l'heure la plus récente vue depuis le début, et ne recule jamais : ni la dernière ligne ni la dernière étape n'ont à être les plus récentes.",
		"The watermark goes by the latest time seen since the beginning, and never back: neither the last row nor the last step need be the latest."),
	SameBatch: message.Both(
		"Pendant un lot le filigrane ne bouge pas : ce que le lot a lu vaut pour le suivant, un lot sans lignes.",
		"During a batch the watermark does not move: what the batch has read counts for the next one, a batch without rows."),
	EmptyBatchesForgotten: message.Both(
		"Après un lot qui a fait avancer le filigrane tourne un lot sans lignes, qui a un numéro lui aussi : c'est lui qui écrit.",
		"After a batch that has moved the watermark a batch without rows runs, which has a number too: it is the one that writes."),
	EmptyBatchesAlways: message.Both(
		"Un lot sans lignes ne tourne que si le filigrane a avancé : une étape d'événements plus vieux n'en a pas.",
		"A batch without rows runs only when the watermark has moved: a step of older events has none."),
	NeverSaid: message.Both(
		"Cherchez la première étape après laquelle l'heure la plus récente, moins le délai, atteint la fin de la fenêtre.",
		"Look for the first step after which the latest time, less the delay, reaches the window's end."),
	CalledTooEarly: message.Both(
		"Le filigrane doit atteindre la fin de la dernière fenêtre : fin plus délai.",
		"The watermark must reach the end of the last window: end plus delay."),
	CalledWithoutDelay: message.Both(
		"Le filigrane a {minutes} minutes de moins que l'événement le plus récent : pour qu'il atteigne une fin, ajoutez-les.",
		"The watermark is {minutes} minutes less than the latest event: for it to reach an end, add them."),
	CalledAMinuteShort: message.Both(
		"La fenêtre se ferme quand le filigrane est égal à sa fin, pas une minute plus tôt : fin plus délai, exactement.",
		"The window closes when the watermark equals its end, and not a minute earlier: end plus delay, exactly."),
	CalledTooLate: message.Both(
		"Égal suffit : la fenêtre est fermée dès que le filigrane atteint sa fin. N'ajoutez ni une minute, ni la durée d'une fenêtre.",
		"Equal is enough: the window is closed as soon as the watermark reaches its end. Add neither a minute nor the length of a window."),
	CalledForOneWindow: message.Both(
		"Les fins viennent sans ordre : c'est la plus grande qui compte, où qu'elle soit.",
		"The ends come in no order: the largest counts, wherever it stands."),
	WrongLateness: message.Both(
		"Pour chaque événement, écrivez les fins de ses fenêtres : fermées si elles sont inférieures ou égales au filigrane. Puis comptez les événements d'un côté, les couples (fenêtre, mot) de l'autre.",
		"For each event write down the ends of its windows: closed when they are less than or equal to the watermark. Then count events on one side, pairs (window, word) on the other."),
	PairsForGroups: message.Both(
		"Spark agrège d'abord ce que le lot apporte, et regarde ensuite ce qui est tardif : numRowsDroppedByWatermark compte des groupes.",
		"Spark first aggregates what the batch brings, and then looks for what is late: numRowsDroppedByWatermark counts groups."),
	EventsForRows: message.Both(
		"Un événement en retard n'est pas une ligne tardive : il en fait une par fenêtre fermée, et un événement perdu en partie en fait aussi.",
		"A late event is not a late row: it makes one for each window that is closed, and an event that is lost in part makes some too."),
	RowsForEvents: message.Both(
		"numRowsDroppedByWatermark compte des groupes tardifs : un seul événement tombe dans plusieurs fenêtres, et plusieurs événements dans un même groupe. Ce n'est pas le nombre d'événements perdus.",
		"numRowsDroppedByWatermark counts late groups: one event falls in several windows, and several events in one group. It is not the number of events that are lost."),
	OlderThanWatermark: message.Both(
		"L'heure de l'événement ne décide pas : c'est la FIN de sa fenêtre. Plus vieux que le filigrane, il est compté tant qu'une de ses fenêtres est ouverte.",
		"The event's own time does not decide: the END of its window does. Older than the watermark, it is counted while one of its windows is open."),
	PartlyForLost: message.Both(
		"Un événement de fenêtres glissantes peut être trop tard pour l'une et à temps pour l'autre.",
		"An event of sliding windows may be too late for one and in time for the other."),
	EqualIsOpen: message.Both(
		"Fin égale au filigrane : fermée. La fenêtre ne contient pas sa fin, plus rien ne peut y tomber.",
		"End equal to the watermark: closed. A window does not hold its end, nothing can fall in it any more."),
	OtherDelayChosen: message.Both(
		"Gardez les essais dont la perte (ni écrits, ni en attente) est inférieure à la part donnée, puis le plus petit délai de ceux-là ; NoDelay s'il n'y en a pas.",
		"Keep the trials whose loss (neither written nor waiting) is less than the share, then the smallest delay of those; NoDelay when there is none."),
	JustAsMuch: message.Both(
		"L'énoncé demande moins que cette part, strictement.",
		"The exercise asks for less than that share, strictly."),
	DroppedForLost: message.Both(
		"numRowsDroppedByWatermark compte des groupes tardifs, après l'agrégation partielle : dix vols en retard de la même heure n'en font qu'un. Les vols perdus sont ceux qui ne sont ni écrits ni en attente.",
		"numRowsDroppedByWatermark counts late groups, after the partial aggregation: ten late flights of one hour are one of them. Flights that are lost are neither written nor waiting."),
	WaitingForLost: message.Both(
		"Une fenêtre ouverte sortira au prochain événement assez récent : ses vols attendent, ils ne sont pas perdus.",
		"A window that is open comes with the next event that is recent enough: its flights wait, they are not lost."),
	DelayTooSmall: message.Both(
		"Trop petit : les fenêtres se ferment avant que leurs vols soient partis.",
		"Too small: the windows close before their flights have left."),
	DelayTooLarge: message.Both(
		"Chaque minute de délai fait attendre toutes les fenêtres et grossit l'état. Les essais ne sont pas rangés : comparez-les tous.",
		"Each minute of delay makes all windows wait and the state grow. The trials are in no order: compare them all."),
	FilesTakeAppend: message.Both(
		"Ce qui est écrit dans un fichier ne se corrige pas : seul le mode ajout, qui écrit chaque compte une fois, convient.",
		"What is written to a file is not corrected: append mode alone, which writes each count once, will do."),
	StartedOver: message.Both(
		"Sans point de reprise, ou avec un nouveau à chaque démarrage, l'état et les décalages sont perdus, et les numéros de lot recommencent : le journal du puits croit déjà avoir ces lots et les saute. Donnez toujours le même dossier à stream.Checkpoint.",
		"Without a checkpoint, or with a new one at each start, state and offsets are lost and batch numbers begin again: the sink's log believes that it has these batches, and skips them. Always give the same folder to stream.Checkpoint."),
	ArchiveEmpty: message.Both(
		"stream.FileSink(archive, stream.CSV) écrit les lignes dans archive ; stream.Checkpoint(logs) garde le reste dans logs. L'un n'est pas l'autre.",
		"stream.FileSink(archive, stream.CSV) writes the rows to archive; stream.Checkpoint(logs) keeps the rest in logs. One is not the other."),
	OtherArchive: message.Both(
		"Chaque compte doit y être une fois, définitif : mode ajout, counts tel qu'il est, un point de reprise.",
		"Each count must be there once, final: append mode, counts as it is, a checkpoint."),
	NotCSV: message.Both(
		"La cellule du cahier écrit en stream.JSON ; l'exercice demande stream.CSV.",
		"The notebook's cell writes stream.JSON; the exercise asks for stream.CSV."),
	CheckpointGoesOn: message.Both(
		"Demandez-vous ce que l'état garde : pour chaque fenêtre et chaque mot, un compte. Ce changement n'y touche pas.",
		"Ask what the state remembers: for each window and each word, a count. This change does not touch it."),
	WindowOverOldCheckpoint: message.Both(
		"L'état garde des comptes d'anciennes fenêtres. Spark ne le voit pas (le schéma est le même) et mélange en silence des fenêtres de deux sortes ; ce moteur refuse.",
		"The state remembers counts of the old windows. Spark does not see it (the schema is the same) and silently mixes windows of two kinds; this engine refuses."),
	StateOverOldCheckpoint: message.Both(
		"Les clés et les agrégats sont ce que l'état garde. Spark refuse aussi : STATE_STORE_KEY_SCHEMA_NOT_COMPATIBLE pour les clés, STATE_STORE_VALUE_SCHEMA_NOT_COMPATIBLE pour les valeurs.",
		"Keys and aggregates are what the state remembers. Spark refuses too: STATE_STORE_KEY_SCHEMA_NOT_COMPATIBLE for keys, STATE_STORE_VALUE_SCHEMA_NOT_COMPATIBLE for values."),
	DelayOverOldCheckpoint: message.Both(
		"Le délai décide de ce qui est fermé, et non de ce que l'état garde. Le filigrane déjà atteint ne recule pas.",
		"The delay decides what is closed, and not what the state remembers. The watermark that was reached does not go back."),
}
