package report

import (
	"etincelle/grader/check"
	"etincelle/grader/message"
)

// kinds names the kinds of verdicts.
var kinds = map[check.Kind]message.Text{
	check.Right:       message.Both("juste", "right"),
	check.Wrong:       message.Both("faux", "wrong"),
	check.Unfinished:  message.Both("pas encore fait", "not done yet"),
	check.Uncompiled:  message.Both("ne compile pas", "does not compile"),
	check.Unaccepted:  message.Both("refusé", "refused"),
	check.OverTime:    message.Both("limite de temps", "time limit"),
	check.OverMemory:  message.Both("limite de mémoire", "memory limit"),
	check.OverOutput:  message.Both("limite de sortie", "output limit"),
	check.OverStack:   message.Both("pile pleine", "stack limit"),
	check.Deadlocked:  message.Both("interblocage", "deadlock"),
	check.GraderError: message.Both("échec du correcteur", "grader error"),
}

var (
	caseText     = message.Both("Cas : {case}", "Case: {case}")
	smallestText = message.Both(
		"Plus petit cas (tiré d'un cas de {of:ligne|lignes}) : {case}",
		"Smallest case (cut down from one of {of:row|rows}): {case}")
	aboveText   = message.Both("La même chose qu'au-dessus.", "The same as above.")
	moreErrors  = message.Both("… et {more} autres, qui n'en sont souvent que la suite", "… and {more} more, which often only follow from these")
	whyText     = message.Both("Pourquoi : {why}", "Why: {why}")
	wantedText  = message.Both("attendu", "wanted")
	gotText     = message.Both("obtenu", "got")
	nothingText = message.Both("rien", "nothing")
	moreText    = message.Both("… et {more:autre|autres}", "… and {more} more")
	readText    = message.Both("À relire : go run . notebook {lab} {section}", "Read again: go run . notebook {lab} {section} --lang en")
	hintText    = message.Both("Indice : go run . hint {lab} {exercise}", "Hint: go run . hint {lab} {exercise} --lang en")
	printedText = message.Both("Votre programme a écrit :", "Your program printed:")
	saidText    = message.Both("Le compilateur dit aussi :", "The compiler also says:")
	publicText  = message.Both(
		"contrôles publics : {passed} sur {total} ; les cas cachés sont lancés à la correction",
		"public checks: {passed} of {total}; hidden cases run when the work is graded")
	allText = message.Both(
		"Tous les contrôles publics passent.",
		"All public checks pass.")
	beginText = message.Both(
		"Pour commencer : l'exercice {exercise}, {functions}. L'énoncé est dans le cahier (go run . notebook {lab} {section}), le code dans {file}.",
		"To begin: exercise {exercise}, {functions}. The task is in the notebook (go run . notebook {lab} {section} --lang en), the code in {file}.")
	nextText = message.Both(
		"À faire ensuite : l'exercice {exercise}, {functions}, dans {file}.",
		"To do next: exercise {exercise}, {functions}, in {file}.")

	studentText     = message.Both("étudiant", "student")
	totalText       = message.Both("total", "total")
	verdictsText    = message.Both("verdicts", "verdicts")
	predictionsText = message.Both("prédictions", "predictions")
	predictedText   = message.Both(
		"Prédictions faites : {made} sur {asked}. Elles ne comptent pas dans la note, justes ou non.",
		"Predictions made: {made} of {asked}. They do not count in the mark, right or wrong.")
	noMarkText   = message.Both("pas de note", "no mark")
	exerciseText = message.Both("Exercice {exercise}", "Exercise {exercise}")
	pointsText   = message.Both("{earned} sur {points}", "{earned} of {points}")
	failureText  = message.Both(
		"Le correcteur a échoué sur ce TP : {failure}. Aucune note n'est donnée.",
		"The grader failed on this lab: {failure}. No mark is given.")
	fileText    = message.Both("Fichier : {file}", "File: {file}")
	nothingIn   = message.Both("Aucun fichier rendu.", "No file was handed in.")
	reportTitle = message.Both("Rapport de {student}", "Report for {student}")
)
