package receiving

import "etincelle/grader/message"

// The words of the screens: all that is not a sentence about a step (those are the
// model's).
var (
	titleReceivers = message.Both("Récepteurs et blocs", "Receivers and blocks")
	titleBatches   = message.Both("Lots : ░ réception · attente █ traitement", "Batches: ░ receiving · waiting █ processing")
	titleExecutors = message.Both("Exécuteurs : cœurs libres", "Executors: cores free")
	titleProgram   = message.Both("Programme : un DStream = une suite de RDD", "Program: a DStream = a sequence of RDDs")
	titleWhy       = message.Both("Pourquoi ?", "Why?")

	settings    = message.Both("lot {batch} s · bloc {block} ms · sans WAL", "batch {batch} s · block {block} ms · no WAL")
	settingsLog = message.Both("lot {batch} s · bloc {block} ms · WAL", "batch {batch} s · block {block} ms · WAL")
	unstable    = message.Both("INSTABLE", "UNSTABLE")
	clock       = message.Both("t = {at} s", "t = {at} s")

	noReceiver    = message.Both("Aucun récepteur : les sources sont des files d'attente ou des fichiers.", "No receiver: the sources are queues or files.")
	blocksOfBatch = message.Both("lot {at} s | suivant   ▣ 2 □ 1 ▤ journal ✗ perdu", "batch {at} s | next    ▣ 2 □ 1 ▤ log ✗ lost")
	active        = message.Both("actif", "active")
	down          = message.Both("arrêté", "down")
	legendCopies  = message.Both("▣ 2 copies  □ 1 copie  ▤ journal seul  ✗ perdu", "▣ 2 copies  □ 1 copy  ▤ log alone  ✗ lost")
	legendBatches = message.Both("░ réception  · attente  █ traitement  ✔ fini  ✗ échec", "░ receiving  · waiting  █ processing  ✔ over  ✗ failed")
	lostExecutor  = message.Both("perdu ({why})", "lost ({why})")
	executorHolds = message.Both("{cores}/{all} libres · {blocks:bloc|blocs}", "{cores}/{all} free · {blocks:block|blocks}")
	totals        = message.Both("Reçu {received} · traité {processed} · PERDU {lost}", "Received {received} · processed {processed} · LOST {lost}")
	windowOf      = message.Both(" (fenêtre {window} s, pas {slide} s)", " (window {window} s, slide {slide} s)")
	isOutput      = message.Both("sortie", "output")
	noBatch       = message.Both("Aucun lot encore.", "No batch yet.")
	batchAt       = message.Both("lot {at}s", "b. {at}s")
	batchWaits    = message.Both("attend ({rows:ligne|lignes})", "waits ({rows:row|rows})")
	batchRuns     = message.Both("tourne (+{delay} ms)", "runs (+{delay} ms)")
	batchTimes    = message.Both("+{delay} ms, {processing} ms", "+{delay} ms, {processing} ms")
	batchFailed   = message.Both("échec, {processing} ms", "failed, {processing} ms")

	smallWindow = message.Both("Fenêtre de {width} × {height} : un panneau à la fois (Tab). Tout tient en 80 × 24.", "A window of {width} × {height}: one panel at a time (Tab). 80 × 24 holds all.")
	askedBatch  = message.Both("Aller au n-ième lot : ", "Go to the n-th batch: ")
	askedText   = message.Both("Chercher : ", "Search: ")
)
