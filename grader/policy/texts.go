package policy

import "etincelle/grader/message"

// Each text names the file and the line, what was found, and what to do instead.
var (
	sizeText = message.Both(
		"{file} a {size} Kio ; {limit} Kio sont acceptés. Les données n'ont pas leur place dans le code.",
		"{file} has {size} KiB; {limit} KiB are accepted. Data have no place in code.")
	importText = message.Both(
		"{file}, ligne {line} : l'import {import} n'est pas accepté dans un exercice. Acceptés : {allowed}.",
		"{file}, line {line}: the import {import} is not accepted in an exercise. Accepted: {allowed}.")
	dotText = message.Both(
		"{file}, ligne {line} : l'import {import} cache d'où viennent les noms. Écrivez {plain}.",
		"{file}, line {line}: the import {import} hides where names come from. Write {plain}.")
	directiveText = message.Both(
		"{file}, ligne {line} : la directive « {found} » s'adresse au compilateur. Un exercice n'en a pas besoin : enlevez-la, ou mettez une espace après //.",
		"{file}, line {line}: the directive “{found}” speaks to the compiler. An exercise needs none: take it out, or put a blank after //.")
	initText = message.Both(
		"{file}, ligne {line} : une fonction init s'exécute avant le correcteur. Mettez ce qu'elle fait dans la fonction de l'exercice.",
		"{file}, line {line}: a function init runs before the grader does. Put what it does into the exercise's function.")
	bodyText = message.Both(
		"{file}, ligne {line} : la fonction {function} n'a pas de corps. Écrivez-le en Go, entre accolades.",
		"{file}, line {line}: the function {function} has no body. Write it in Go, in braces.")
	callText = message.Both(
		"{file}, ligne {line} : {call} s'exécute dans une variable du paquet, avant le correcteur. Les constantes, tables et conversions y sont acceptées ; le reste va dans la fonction de l'exercice.",
		"{file}, line {line}: {call} runs in a variable of the package, before the grader does. Constants, tables and conversions are accepted there; the rest goes into the exercise's function.")
	insideText = message.Both(
		"{file}, ligne {line} : {found} ouvre l'intérieur du moteur, réservé à ses auteurs. Utilisez les transformations de rdd.",
		"{file}, line {line}: {found} opens the engine's inside, which is for its authors. Use the transformations of rdd.")
	fileText = message.Both(
		"{file}, ligne {line} : {found} lit un fichier de la machine. Un exercice reçoit ses données en arguments.",
		"{file}, line {line}: {found} reads a file of the machine. An exercise is given its data as arguments.")
	socketText = message.Both(
		"{file}, ligne {line} : {found} écoute le réseau. Un exercice reçoit ses flux en arguments.",
		"{file}, line {line}: {found} listens to the network. An exercise is given its streams as arguments.")
	startText = message.Both(
		"{file}, ligne {line} : {found} ouvre une autre session. Celle de l'exercice est déjà ouverte : flights.Session() la donne.",
		"{file}, line {line}: {found} opens another session. The exercise's own is open already: flights.Session() is it.")
)
