package check

import "etincelle/grader/message"

// The keys of TP 1.
const (
	ParsedEarly           Key = "parsedEarly"
	CalledTwice           Key = "calledTwice"
	BorderCounted         Key = "borderCounted"
	OperationsAreNoStages Key = "operationsAreNoStages"
	ShufflesAreNoStages   Key = "shufflesAreNoStages"
	CoalesceIsNarrow      Key = "coalesceIsNarrow"
	NotSorted             Key = "notSorted"
	SortedBackwards       Key = "sortedBackwards"
	SortedInOneTask       Key = "sortedInOneTask"
	OneStageMore          Key = "oneStageMore"
	OtherOrder            Key = "otherOrder"
	ShuffledToSpread      Key = "shuffledToSpread"
	WrongTasks            Key = "wrongTasks"
	FewerSourceTasks      Key = "fewerSourceTasks"
	ShuffledAgain         Key = "shuffledAgain"
	OneAction             Key = "oneAction"
	TooManyJobs           Key = "tooManyJobs"
	LinesAreNoStages      Key = "linesAreNoStages"
	OtherLineage          Key = "otherLineage"
	SkippedTasksCounted   Key = "skippedTasksCounted"
	RunStagesCounted      Key = "runStagesCounted"
	ReadForWritten        Key = "readForWritten"
	OtherJobsCounted      Key = "otherJobsCounted"
	MeanForMedian         Key = "meanForMedian"
	FailedCounted         Key = "failedCounted"
	LowerMiddle           Key = "lowerMiddle"
	AttemptsCounted       Key = "attemptsCounted"
	StagesMixed           Key = "stagesMixed"
	FailureHidden         Key = "failureHidden"
	TriedByHand           Key = "triedByHand"
	ReadOnDriver          Key = "readOnDriver"
	ErrorDropped          Key = "errorDropped"
	ZeroForBad            Key = "zeroForBad"
	RestDropped           Key = "restDropped"
	TasksFailed           Key = "tasksFailed"
)

var messagesTP01 = map[Key]message.Text{
	ParsedEarly: message.Both(
		"La fonction reçue en argument a été appelée {calls:fois|fois} avant qu'une action demande le résultat ; 0 suffit.",
		"The function given as an argument was called {calls:time|times} before an action asked for the result; 0 suffice."),
	CalledTwice: message.Both(
		"La fonction reçue en argument a été appelée {calls:fois|fois} pour {lines:ligne|lignes}.",
		"The function given as an argument was called {calls:time|times} for {lines:line|lines}."),
	BorderCounted: message.Both(
		"Les valeurs ne sont pas les bonnes : celle qui est juste à la limite est comptée.",
		"The values are not right: the one that is just at the border is counted."),
	OperationsAreNoStages: message.Both(
		"La fonction a rendu {got} ; attendu : {wanted}. C'est le nombre d'opérations.",
		"The function returned {got}; wanted: {wanted}. It is the number of operations."),
	ShufflesAreNoStages: message.Both(
		"La fonction a rendu {got} ; attendu : {wanted}. C'est le nombre de brassages.",
		"The function returned {got}; wanted: {wanted}. It is the number of shuffles."),
	CoalesceIsNarrow: message.Both(
		"La fonction a rendu {got} ; attendu : {wanted}. coalesce est compté comme un brassage.",
		"The function returned {got}; wanted: {wanted}. coalesce is counted as a shuffle."),
	NotSorted: message.Both(
		"Les partitions, lues l'une après l'autre, ne sont pas dans l'ordre : {after} vient après {before}.",
		"The partitions, read one after the other, are not in order: {after} comes after {before}."),
	SortedBackwards: message.Both(
		"Le résultat est trié dans l'autre sens : {before} vient avant {after}.",
		"The result is sorted the other way round: {before} comes before {after}."),
	SortedInOneTask: message.Both(
		"Tout est trié dans une seule partition, par une seule tâche.",
		"Everything is sorted in one partition, by one task."),
	OneStageMore: message.Both(
		"Le job a {got:étape|étapes} au lieu de {wanted}.",
		"The job has {got:stage|stages} instead of {wanted}."),
	OtherOrder: message.Both(
		"Les bonnes valeurs, mais dans un autre ordre que celui de l'argument.",
		"The right values, but in another order than the argument's."),
	ShuffledToSpread: message.Both(
		"{shuffled:enregistrement a été brassé|enregistrements ont été brassés} ; 0 suffit.",
		"{shuffled:record was|records were} shuffled; 0 suffice."),
	WrongTasks: message.Both(
		"L'étape du résultat a {got:tâche|tâches} au lieu de {wanted}.",
		"The stage of the result has {got:task|tasks} instead of {wanted}."),
	FewerSourceTasks: message.Both(
		"L'étape qui lit les vols a {got:tâche|tâches} au lieu de {wanted}.",
		"The stage that reads the flights has {got:task|tasks} instead of {wanted}."),
	ShuffledAgain: message.Both(
		"{shuffles:brassage a été écrit|brassages ont été écrits} ; un seul suffit, si la seconde action saute l'étape qui l'écrit.",
		"{shuffles:shuffle was|shuffles were} written; one is enough, if the second action skips the stage that writes it."),
	OneAction: message.Both(
		"{jobs:job a tourné|jobs ont tourné} ; attendu : 2, dont le second saute une étape.",
		"{jobs:job|jobs} ran; wanted: 2, of which the second skips a stage."),
	TooManyJobs: message.Both(
		"{jobs:job a tourné|jobs ont tourné} ; 2 suffisent.",
		"{jobs:job|jobs} ran; 2 suffice."),
	LinesAreNoStages: message.Both(
		"La fonction a rendu {got} ; attendu : {wanted}. C'est le nombre de lignes du texte.",
		"The function returned {got}; wanted: {wanted}. It is the number of lines of the text."),
	OtherLineage: message.Both(
		"La lignée n'est pas celle qui est demandée (les numéros entre crochets ne comptent pas).",
		"The lineage is not the one that is asked for (the numbers in square brackets do not count)."),
	SkippedTasksCounted: message.Both(
		"La fonction a rendu {got} ; attendu : {wanted}. Ce sont les tâches des étapes sautées.",
		"The function returned {got}; wanted: {wanted}. These are the tasks of the stages that were skipped."),
	RunStagesCounted: message.Both(
		"La fonction a rendu {got} ; attendu : {wanted}. Les étapes qui ont tourné sont comptées.",
		"The function returned {got}; wanted: {wanted}. The stages that ran are counted."),
	ReadForWritten: message.Both(
		"La fonction a rendu {got} ; attendu : {wanted}. Ce sont les lignes lues, non les lignes écrites.",
		"The function returned {got}; wanted: {wanted}. These are the rows read, not the rows written."),
	OtherJobsCounted: message.Both(
		"La fonction a rendu {got} ; attendu : {wanted}. D'autres jobs sont comptés.",
		"The function returned {got}; wanted: {wanted}. Other jobs are counted."),
	MeanForMedian: message.Both(
		"La fonction a rendu {got} ; attendu : {wanted}. C'est le rapport à la moyenne.",
		"The function returned {got}; wanted: {wanted}. It is the ratio to the mean."),
	FailedCounted: message.Both(
		"La fonction a rendu {got} ; attendu : {wanted}. Les tentatives qui ont échoué sont comptées.",
		"The function returned {got}; wanted: {wanted}. The attempts that failed are counted."),
	LowerMiddle: message.Both(
		"La fonction a rendu {got} ; attendu : {wanted}. La médiane d'un nombre pair est ici l'une des deux valeurs du milieu.",
		"The function returned {got}; wanted: {wanted}. The median of an even number is taken for one of the two in the middle."),
	AttemptsCounted: message.Both(
		"La fonction a rendu {got} ; attendu : {wanted}. Ce sont les tentatives qui ont échoué, non les tâches.",
		"The function returned {got}; wanted: {wanted}. These are the attempts that failed, not the tasks."),
	StagesMixed: message.Both(
		"La fonction a rendu {got} ; attendu : {wanted}. Des tâches de plusieurs étapes sont prises pour la même.",
		"The function returned {got}; wanted: {wanted}. Tasks of several stages are taken for the same."),
	FailureHidden: message.Both(
		"La lecture a échoué {failures:fois|fois}, et {failed:tâche a échoué|tâches ont échoué} : le total est faux, et personne ne le sait.",
		"Reading failed {failures:time|times}, and {failed:task|tasks} failed: the total is wrong, and nobody knows."),
	TriedByHand: message.Both(
		"La lecture a échoué {failures:fois|fois}, et {failed:tâche a échoué|tâches ont échoué} ; attendu : {wanted}.",
		"Reading failed {failures:time|times}, and {failed:task|tasks} failed; wanted: {wanted}."),
	ReadOnDriver: message.Both(
		"{rows:ligne a été ramenée|lignes ont été ramenées} au pilote, qui les a lues lui-même.",
		"{rows:row was|rows were} brought to the driver, which read them itself."),
	ErrorDropped: message.Both(
		"Le job a échoué après {failed:tentative|tentatives}, et la fonction a rendu un total et aucune erreur.",
		"The job failed after {failed:attempt|attempts}, and the function returned a total and no error."),
	ZeroForBad: message.Both(
		"Une ligne illisible donne 0 au lieu d'être écartée.",
		"A line that cannot be read gives 0 instead of being left out."),
	RestDropped: message.Both(
		"Après une ligne illisible, le reste de sa partition manque.",
		"After a line that cannot be read, the rest of its partition is missing."),
	TasksFailed: message.Both(
		"{failed:tâche a échoué|tâches ont échoué} ; attendu : aucune.",
		"{failed:task|tasks} failed; wanted: none."),
}

var reasonsTP01 = map[Key]message.Text{
	ParsedEarly: message.Both(
		"Une transformation note ce qu'il y aura à faire ; elle ne le fait pas. Passez la fonction à Map, au lieu de l'appeler.",
		"A transformation notes what there will be to do; it does not do it. Pass the function to Map, instead of calling it."),
	CalledTwice: message.Both(
		"Elle est appelée dans deux transformations. Gardez ce qu'elle rend : la transformation suivante reçoit le résultat de celle d'avant.",
		"It is called in two transformations. Keep what it returns: the next transformation gets the result of the one before."),
	BorderCounted: message.Both(
		"« Plus de » exclut la limite : > et non >=.",
		"“More than” leaves the border out: > and not >=."),
	OperationsAreNoStages: message.Both(
		"Les dépendances étroites se suivent dans une même tâche : map, filter et leurs semblables n'ouvrent pas d'étape. Seul un brassage en termine une.",
		"Narrow dependencies follow one another in the same task: map, filter and the like open no stage. Only a shuffle ends one."),
	ShufflesAreNoStages: message.Both(
		"Un brassage sépare deux étapes : il y a une étape de plus que de brassages, celle du résultat.",
		"A shuffle lies between two stages: there is one stage more than there are shuffles, that of the result."),
	CoalesceIsNarrow: message.Both(
		"coalesce réunit des partitions entières, sans rien déplacer : sa dépendance est étroite. repartition, elle, brasse.",
		"coalesce joins whole partitions and moves nothing: its dependency is narrow. repartition does shuffle."),
	NotSorted: message.Both(
		"Trier chaque partition ne trie pas le tout. SortBy répartit d'abord les lignes par intervalles : la première partition a les premières.",
		"Sorting each partition does not sort the whole. SortBy first deals the rows out by ranges: the first partition has the first ones."),
	SortedBackwards: message.Both(
		"Le plus grand nombre de vols vient d'abord : rdd.Descending.",
		"The largest number of flights comes first: rdd.Descending."),
	SortedInOneTask: message.Both(
		"Une seule tâche porte alors toutes les lignes, et n n'a servi à rien. Un tri par intervalles garde plusieurs tâches.",
		"One task then carries all the rows, and n was of no use. A sort by ranges keeps several tasks."),
	OneStageMore: message.Both(
		"Chaque étape se termine par un brassage : cherchez celui qui est de trop, ou qui manque. Explain montre l'étape qu'il ouvre.",
		"Each stage ends in a shuffle: look for the one too many, or the one that is missing. Explain shows the stage that it opens."),
	OtherOrder: message.Both(
		"FromSlice coupe la suite en morceaux et garde son ordre ; un brassage ne garde rien.",
		"FromSlice cuts the sequence into pieces and keeps its order; a shuffle keeps nothing."),
	ShuffledToSpread: message.Both(
		"Le nombre de tâches d'une étape est celui des partitions de ses données. Demandez-le à la création : il ne coûte rien.",
		"A stage has as many tasks as its data has partitions. Ask for them when the dataset is made: it costs nothing."),
	WrongTasks: message.Both(
		"Le nombre de partitions n'a pas été donné : Spark prend celui de la session, ou du parent. Une opération par clé le prend de son partitionneur, rdd.Hash(n).",
		"The number of partitions was not given: Spark takes the session's, or the parent's. An operation by key takes it from its partitioner, rdd.Hash(n)."),
	FewerSourceTasks: message.Both(
		"Réduire les partitions avant le brassage prive la lecture de ses tâches. Donnez n à l'opération qui brasse.",
		"Fewer partitions before the shuffle take the reading its tasks away. Give n to the operation that shuffles."),
	ShuffledAgain: message.Both(
		"Une étape est sautée quand le même jeu de données est demandé à nouveau : ses fichiers de brassage sont encore là. Construit une deuxième fois, il est un autre jeu de données.",
		"A stage is skipped when the same dataset is asked for again: its shuffle files are still there. Built a second time, it is another dataset."),
	OneAction: message.Both(
		"Chaque question est une action : Count pour l'une, Max pour l'autre, sur le jeu de données déjà brassé.",
		"Each question is an action: Count for one, Max for the other, on the dataset that is shuffled already."),
	TooManyJobs: message.Both(
		"Chaque action est un job, même la même action deux fois : gardez ce qu'elle rend dans une variable.",
		"Each action is a job, even the same action twice: keep what it returns in a variable."),
	LinesAreNoStages: message.Both(
		"Chaque ligne est un jeu de données. Une étape est une marge : elle change à chaque « +- ».",
		"Each line is a dataset. A stage is a margin: it changes at each “+-”."),
	OtherLineage: message.Both(
		"Lisez la lignée de bas en haut : chaque ligne est une opération, « at » la nomme, et le nombre en tête d'une marge est celui des partitions.",
		"Read the lineage from the bottom up: each line is an operation, “at” names it, and the number at the top of a margin is that of the partitions."),
	SkippedTasksCounted: message.Both(
		"Comptez les étapes, non ce que chacune aurait eu de tâches.",
		"Count the stages, not the tasks that each would have had."),
	RunStagesCounted: message.Both(
		"Une étape sautée a Skipped vrai ; les autres ont tourné.",
		"A stage that was skipped has Skipped true; the others ran."),
	ReadForWritten: message.Both(
		"Une étape écrit pour un brassage (Written), la suivante le lit (Read) : les deux ne se comptent pas dans le même nombre.",
		"A stage writes for a shuffle (Written), the next one reads it (Read): the two are not counted in the same number."),
	OtherJobsCounted: message.Both(
		"Chaque tâche dit son job.",
		"Each task says its job."),
	MeanForMedian: message.Both(
		"Une très grande tâche tire la moyenne vers elle, et cache le déséquilibre ; la médiane reste où sont les autres.",
		"One very large task draws the mean towards itself, and hides the skew; the median stays where the others are."),
	FailedCounted: message.Both(
		"Une tentative qui a échoué a été refaite : la compter compte deux fois son travail.",
		"An attempt that failed was made again: to count it counts its work twice."),
	LowerMiddle: message.Both(
		"Avec un nombre pair de tâches, prenez la moyenne des deux du milieu.",
		"With an even number of tasks, take the mean of the two in the middle."),
	AttemptsCounted: message.Both(
		"Une tâche qui échoue deux fois reste une tâche : son étape et sa partition la nomment.",
		"A task that fails twice is still one task: its stage and its partition name it."),
	StagesMixed: message.Both(
		"Chaque étape a sa partition 0. Il faut les deux, étape et partition, pour nommer une tâche.",
		"Each stage has a partition 0. It takes both, stage and partition, to name a task."),
	FailureHidden: message.Both(
		"Une erreur avalée devient un résultat faux. Laissez la tâche échouer (panic(err)) : le moteur la refait, et les échecs passagers se réparent seuls.",
		"An error that is swallowed becomes a wrong result. Let the task fail (panic(err)): the engine tries it again, and passing failures mend themselves."),
	TriedByHand: message.Both(
		"Recommencer soi-même cache la panne à Spark, qui aurait refait la tâche ailleurs. C'est son travail : laissez la tâche échouer.",
		"Trying again oneself hides the failure from Spark, which would have tried elsewhere. That is its work: let the task fail."),
	ReadOnDriver: message.Both(
		"Le pilote n'a ni tentatives ni exécuteurs. Appelez read dans une transformation : elle tourne alors dans des tâches.",
		"The driver has neither attempts nor executors. Call read in a transformation: it then runs in tasks."),
	ErrorDropped: message.Both(
		"L'action a rendu une erreur : c'est la réponse. Rendez-la.",
		"The action returned an error: that is the answer. Return it."),
	ZeroForBad: message.Both(
		"Map rend une ligne pour chaque ligne. FlatMap peut n'en rendre aucune.",
		"Map returns a row for each row. FlatMap may return none."),
	RestDropped: message.Both(
		"La fonction de MapPartitions s'arrête à la première erreur : passez à la ligne suivante (continue).",
		"The function given to MapPartitions stops at the first error: go on to the next line (continue)."),
	TasksFailed: message.Both(
		"La ligne est mauvaise pour toujours : refaire la tâche n'y change rien, et quatre échecs font échouer le job.",
		"The line is bad for ever: trying the task again changes nothing, and four failures fail the job."),
}
