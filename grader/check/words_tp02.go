package check

import "etincelle/grader/message"

// The keys of TP 2.
const (
	RepartitionForCoalesce Key = "repartitionForCoalesce"
	CoalesceForRepartition Key = "coalesceForRepartition"
	CoalesceCannotGrow     Key = "coalesceCannotGrow"
	Uneven                 Key = "uneven"
	MovedTwice             Key = "movedTwice"
	CombineBefore          Key = "combineBefore"
	TooManyRows            Key = "tooManyRows"
	OneTask                Key = "oneTask"
	CancelledCounted       Key = "cancelledCounted"
	EarlyDropped           Key = "earlyDropped"
	SharedMemory           Key = "sharedMemory"
	PartitionerLost        Key = "partitionerLost"
	PlacedApart            Key = "placedApart"
	ReadTwice              Key = "readTwice"
	JoinForBroadcast       Key = "joinForBroadcast"
	ReadByEveryTask        Key = "readByEveryTask"
	BroughtTwice           Key = "broughtTwice"
	UnnamedKept            Key = "unnamedKept"
	CountedByShuffle       Key = "countedByShuffle"
	EmptyLeftOut           Key = "emptyLeftOut"
	CountedRowByRow        Key = "countedRowByRow"
	WrongSize              Key = "wrongSize"
	JFKNotAlone            Key = "jfkNotAlone"
	WrongPlace             Key = "wrongPlace"
	KeySplit               Key = "keySplit"
	PartitionersDiffer     Key = "partitionersDiffer"
	CopiesMissing          Key = "copiesMissing"
	SaltLeft               Key = "saltLeft"
	TooManyMatches         Key = "tooManyMatches"
	PackedRows             Key = "packedRows"
	TooManyCopies          Key = "tooManyCopies"
	StillSkewed            Key = "stillSkewed"
	NotOrdered             Key = "notOrdered"
	OrderReversed          Key = "orderReversed"
	UnevenRanges           Key = "unevenRanges"
	OutsidePartitions      Key = "outsidePartitions"
	SignDropped            Key = "signDropped"
	UnsignedHash           Key = "unsignedHash"
	OtherHash              Key = "otherHash"
)

var messagesTP02 = map[Key]message.Text{
	RepartitionForCoalesce: message.Both(
		"{shuffled:enregistrement a été brassé|enregistrements ont été brassés} ; 0 suffit.",
		"{shuffled:record was|records were} shuffled; 0 suffice."),
	CoalesceForRepartition: message.Both(
		"La plus grande partition a {largest:ligne|lignes} pour une moyenne de {mean} (×{ratio}, attendu : ×1,2 au plus) et {shuffled:enregistrement a été brassé|enregistrements ont été brassés}.",
		"The largest partition has {largest:row|rows} for a mean of {mean} (×{ratio}, wanted: ×1.2 at most) and {shuffled:record was|records were} shuffled."),
	CoalesceCannotGrow: message.Both(
		"Le résultat a {got:partition|partitions} au lieu de {wanted}, et aucun enregistrement n'a été brassé.",
		"The result has {got:partition|partitions} instead of {wanted}, and no record was shuffled."),
	Uneven: message.Both(
		"La plus grande partition a {largest:ligne|lignes} pour une moyenne de {mean} (×{ratio}, attendu : ×1,2 au plus).",
		"The largest partition has {largest:row|rows} for a mean of {mean} (×{ratio}, wanted: ×1.2 at most)."),
	MovedTwice: message.Both(
		"{shuffled:enregistrement a été brassé|enregistrements ont été brassés} ; {wanted:suffit|suffisent} : une fois par ligne.",
		"{shuffled:record was|records were} shuffled; {wanted:suffices|suffice}: once for each row."),
	CombineBefore: message.Both(
		"{shuffled:enregistrement a été brassé|enregistrements ont été brassés} ; {wanted:suffit|suffisent}.",
		"{shuffled:record was|records were} shuffled; {wanted:suffices|suffice}."),
	TooManyRows: message.Both(
		"{shuffled:enregistrement a été brassé|enregistrements ont été brassés} ; {wanted:suffit|suffisent}, en {wantedShuffles:brassage|brassages} au lieu de {shuffles}.",
		"{shuffled:record was|records were} shuffled; {wanted:suffices|suffice}, in {wantedShuffles:shuffle|shuffles} instead of {shuffles}."),
	OneTask: message.Both(
		"Une seule tâche a lu les {partitions:partition|partitions} : les autres cœurs n'ont rien fait.",
		"A single task read all {partitions:partition|partitions}: the other cores did nothing."),
	CancelledCounted: message.Both(
		"Les vols annulés ont été comptés.",
		"Cancelled flights were counted."),
	EarlyDropped: message.Both(
		"Les départs en avance ont été comptés pour 0.",
		"Early departures were counted as 0."),
	SharedMemory: message.Both(
		"{tasks:tâche a lu|tâches ont lu} les lignes et aucun enregistrement n'a été brassé.",
		"{tasks:task|tasks} read the rows and no record was shuffled."),
	PartitionerLost: message.Both(
		"{shuffled:enregistrement a été brassé|enregistrements ont été brassés} en {shuffles:brassage|brassages} ; {wanted:suffit|suffisent}, en {wantedShuffles}.",
		"{shuffled:record was|records were} shuffled in {shuffles:shuffle|shuffles}; {wanted:suffices|suffice}, in {wantedShuffles}."),
	PlacedApart: message.Both(
		"{shuffled:enregistrement a été brassé|enregistrements ont été brassés} en {shuffles:brassage|brassages} ; {wanted:suffit|suffisent}, en un seul.",
		"{shuffled:record was|records were} shuffled in {shuffles:shuffle|shuffles}; {wanted:suffices|suffice}, in one."),
	ReadTwice: message.Both(
		"{read:ligne a été lue|lignes ont été lues} dans le brassage ; {rows:suffit|suffisent}.",
		"{read:row was|rows were} read from the shuffle; {rows:suffices|suffice}."),
	JoinForBroadcast: message.Both(
		"{shuffled:enregistrement a été brassé|enregistrements ont été brassés} ; 0 suffit.",
		"{shuffled:record was|records were} shuffled; 0 suffice."),
	ReadByEveryTask: message.Both(
		"names a été lu {reads} fois, pour {partitions:partition|partitions}.",
		"names was read {reads} times, for {partitions:partition|partitions}."),
	BroughtTwice: message.Both(
		"names a été lu {reads} fois dans votre fonction, pour {partitions:partition|partitions}.",
		"names was read {reads} times inside your function, for {partitions:partition|partitions}."),
	UnnamedKept: message.Both(
		"Des vols dont la compagnie n'a pas de nom ont été gardés, avec un nom vide.",
		"Flights whose airline has no name were kept, with an empty name."),
	CountedByShuffle: message.Both(
		"{shuffled:enregistrement a été brassé|enregistrements ont été brassés} pour compter ; 0 suffit.",
		"{shuffled:record was|records were} shuffled to count; 0 suffice."),
	EmptyLeftOut: message.Both(
		"La partition {partition} est vide et n'a donné aucun nombre au lieu de 0.",
		"Partition {partition} is empty and gave no number instead of 0."),
	CountedRowByRow: message.Both(
		"La partition {partition} a donné {got:nombre|nombres} au lieu d'un : {shown}.",
		"Partition {partition} gave {got:number|numbers} instead of one: {shown}."),
	WrongSize: message.Both(
		"La partition {partition} a donné {shown} au lieu de [{wanted}].",
		"Partition {partition} gave {shown} instead of [{wanted}]."),
	JFKNotAlone: message.Both(
		"La partition 0 a aussi {code} ; elle est pour JFK seul.",
		"Partition 0 has {code} as well; it is for JFK alone."),
	WrongPlace: message.Both(
		"{code} est dans la partition {got} au lieu de {wanted}.",
		"{code} is in partition {got} instead of {wanted}."),
	KeySplit: message.Both(
		"{code} est tantôt dans la partition {other}, tantôt dans la partition {got}.",
		"{code} is in partition {other} at one time and in partition {got} at another."),
	PartitionersDiffer: message.Both(
		"{shuffled:enregistrement a été brassé|enregistrements ont été brassés} en {shuffles:brassage|brassages} ; {wanted:suffit|suffisent}, en un seul.",
		"{shuffled:record was|records were} shuffled in {shuffles:shuffle|shuffles}; {wanted:suffices|suffice}, in one."),
	CopiesMissing: message.Both(
		"Sur {wanted:ligne attendue|lignes attendues}, {missing:manque|manquent}, et aucune n'est en trop.",
		"Of {wanted:row|rows} wanted, {missing:is|are} missing, and none is too many."),
	SaltLeft: message.Both(
		"Les valeurs sont bonnes, les clés ne le sont pas : le sel y est resté.",
		"The values are right and the keys are not: the salt is still in them."),
	TooManyMatches: message.Both(
		"{extra:ligne est en trop|lignes sont en trop} : des vols ont trouvé leur nom plusieurs fois.",
		"{extra:row is|rows are} too many: flights found their name several times."),
	PackedRows: message.Both(
		"{shuffled:enregistrement a été brassé|enregistrements ont été brassés}, pour {flights:vol|vols} : chaque vol doit l'être, un par un.",
		"{shuffled:record was|records were} shuffled, for {flights:flight|flights}: each of them must be, one by one."),
	TooManyCopies: message.Both(
		"{shuffled:enregistrement a été brassé|enregistrements ont été brassés} ; {wanted:suffit|suffisent} : chaque vol une fois, chaque nom une fois par sel.",
		"{shuffled:record was|records were} shuffled; {wanted:suffices|suffice}: each flight once, each name once for each salt."),
	StillSkewed: message.Both(
		"Une tâche a lu {largest:ligne|lignes} ; {most} au plus sont permises, un cinquième des {flights:vol|vols}.",
		"One task read {largest:row|rows}; {most} at most are allowed, a fifth of the {flights:flight|flights}."),
	NotOrdered: message.Both(
		"La partition {before} va jusqu'à {farthest} miles, et la partition {after} commence à {nearest}.",
		"Partition {before} goes up to {farthest} miles, and partition {after} begins at {nearest}."),
	OrderReversed: message.Both(
		"Les partitions vont du plus loin au plus près : la partition {before} va jusqu'à {farthest} miles, et la partition {after} commence à {nearest}.",
		"The partitions go from far to near: partition {before} goes up to {farthest} miles, and partition {after} begins at {nearest}."),
	UnevenRanges: message.Both(
		"La plus grande partition a {largest:ligne|lignes} pour une moyenne de {mean} (×{ratio}, attendu : ×1,5 au plus).",
		"The largest partition has {largest:row|rows} for a mean of {mean} (×{ratio}, wanted: ×1.5 at most)."),
	OutsidePartitions: message.Both(
		"Sur {keys:clé|clés}, {outside:est|sont} hors des partitions 0 à {most}.",
		"Of {keys:key|keys}, {outside:is|are} outside the partitions 0 to {most}."),
	SignDropped: message.Both(
		"Sur {keys:clé|clés}, des clés au hachage négatif sont ailleurs que chez Spark : leur signe a été ôté.",
		"Of {keys:key|keys}, those with a negative hash are not where Spark places them: their sign was taken off."),
	UnsignedHash: message.Both(
		"Sur {keys:clé|clés}, des clés au hachage négatif sont ailleurs que chez Spark : il a été lu comme un nombre sans signe.",
		"Of {keys:key|keys}, those with a negative hash are not where Spark places them: it was read as an unsigned number."),
	OtherHash: message.Both(
		"Sur {keys:clé|clés}, certaines sont ailleurs que chez Spark ({wrong:ligne|lignes}).",
		"Of {keys:key|keys}, some are not where Spark places them ({wrong:row|rows})."),
}

var reasonsTP02 = map[Key]message.Text{
	RepartitionForCoalesce: message.Both(
		"Coalesce réunit des partitions voisines sans déplacer une ligne, Repartition déplace tout. Moins de partitions ne demande pas de brassage.",
		"Coalesce joins neighbouring partitions without moving a row, Repartition moves everything. Fewer partitions need no shuffle."),
	CoalesceForRepartition: message.Both(
		"Coalesce réunit des partitions sans les égaliser : la plus grande tâche fait attendre toutes les autres. Repartition redistribue chaque ligne.",
		"Coalesce joins partitions without evening them out: the largest task keeps all the others waiting. Repartition deals every row out again."),
	CoalesceCannotGrow: message.Both(
		"Coalesce ne sait que diminuer le nombre de partitions. Repartition peut l'augmenter.",
		"Coalesce can only make fewer partitions. Repartition can make more."),
	Uneven: message.Both(
		"La clé qui répartit les lignes est déséquilibrée : la plus grande tâche fait attendre toutes les autres.",
		"The key that spreads the rows is skewed: the largest task keeps all the others waiting."),
	MovedTwice: message.Both(
		"Un seul brassage est utile ici ; chacun écrit, envoie et relit toutes les lignes.",
		"One shuffle is of use here; each writes, sends and reads all rows."),
	CombineBefore: message.Both(
		"Combinez avant le brassage (ReduceByKey) : chaque partition n'envoie alors qu'une ligne par clé. GroupByKey les envoie toutes, pour les additionner après.",
		"Combine before the shuffle (ReduceByKey): each partition then sends one row for each key. GroupByKey sends them all, to add them up afterwards."),
	TooManyRows: message.Both(
		"Cherchez le brassage de trop : Explain montre l'étape qu'il ouvre.",
		"Look for the shuffle that is not needed: Explain shows the stage that it opens."),
	OneTask: message.Both(
		"Laissez une tâche par partition réduire ses lignes avant le brassage.",
		"Let one task a partition reduce its rows before the shuffle."),
	CancelledCounted: message.Both(
		"Quand Departed est faux, Delay ne veut rien dire. Filtrez ces vols avant d'additionner.",
		"When Departed is false, Delay means nothing. Filter these flights out before adding up."),
	EarlyDropped: message.Both(
		"Un retard négatif se retranche de la somme.",
		"A negative delay is taken off the sum."),
	SharedMemory: message.Both(
		"Les tâches se sont réunies dans une variable du programme. Sur une grappe, chaque exécuteur en a sa copie ; seul un brassage réunit les lignes d'une clé.",
		"The tasks met in a variable of the program. On a cluster each executor has a copy of its own; only a shuffle brings the rows of a key together."),
	PartitionerLost: message.Both(
		"Map oublie le partitionneur, la jointure déplace alors tout. MapValues le garde : elle promet de ne pas toucher à la clé.",
		"Map forgets the partitioner, so the join moves everything. MapValues keeps it: it promises to leave the key alone."),
	PlacedApart: message.Both(
		"Les deux côtés de la jointure ont été placés chacun pour soi, ou l'un d'eux a oublié où il l'était (Map au lieu de MapValues). Placez les vols une fois (PartitionBy) et tirez-en les deux côtés : ReduceByKey et Join reconnaissent le partitionneur et ne déplacent plus rien.",
		"The two sides of the join were placed each on its own, or one of them forgot where it was (Map instead of MapValues). Place the flights once (PartitionBy) and make both sides of that: ReduceByKey and Join know the partitioner and move nothing more."),
	ReadTwice: message.Both(
		"Chaque côté de la jointure a relu le brassage. Gardez en mémoire (Cache) ce qui est placé : la première lecture le range, la seconde le trouve.",
		"Each side of the join read the shuffle again. Keep what is placed in memory (Cache): the first reading stores it, the second one finds it."),
	JoinForBroadcast: message.Both(
		"Une jointure ordinaire place les deux côtés. Le petit tient en mémoire : ramenez-le au pilote (CollectMap), diffusez-le (NewBroadcast), et cherchez-y le nom dans chaque tâche.",
		"An ordinary join places both sides. The small one fits in memory: bring it to the driver (CollectMap), share it (NewBroadcast), and look the name up in each task."),
	ReadByEveryTask: message.Both(
		"Chaque tâche a relu les noms et les a comparés à chacun de ses vols : c'est un produit cartésien. Les noms ne se lisent qu'une fois.",
		"Each task read the names again and compared them with each of its flights: a Cartesian product. Names are to be read once."),
	BroughtTwice: message.Both(
		"Ses lignes viennent au pilote une fois : une seule action suffit. Chaque action de plus relit tout.",
		"Its rows come to the driver once: one action is enough. Each further action reads everything again."),
	UnnamedKept: message.Both(
		"Une clé absente d'une table donne \"\" en Go, sans rien dire : demandez si elle y est (name, named := …). Une jointure laisse ces vols de côté.",
		"A key that is not in a map gives \"\" in Go, without a word: ask whether it is there (name, named := …). A join leaves such flights out."),
	CountedByShuffle: message.Both(
		"Une partition se compte là où elle est : MapPartitions donne toutes ses lignes à un appel de votre fonction.",
		"A partition is counted where it lies: MapPartitions gives all its rows to one call of your function."),
	EmptyLeftOut: message.Both(
		"La fonction est appelée pour une partition vide aussi : elle doit rendre 0 quand aucune ligne n'est venue.",
		"The function is called for an empty partition, too: it must give 0 when no row came."),
	CountedRowByRow: message.Both(
		"La fonction a rendu un nombre par ligne. Rendez-le une fois, quand la boucle sur les lignes est finie.",
		"The function gave a number for each row. Give it once, when the loop over the rows is over."),
	WrongSize: message.Both(
		"Chaque partition du résultat ne contient qu'un nombre : combien de lignes sa partition de flights avait.",
		"Each partition of the result holds one number: how many rows its partition of flights had."),
	JFKNotAlone: message.Both(
		"Les autres codes se partagent les n-1 partitions de 1 à n-1 : le reste se prend modulo n-1, puis on ajoute 1.",
		"The other codes share the n-1 partitions from 1 to n-1: take the remainder by n-1, then add 1."),
	WrongPlace: message.Both(
		"Relisez la règle dans le commentaire de la fonction : JFK, puis la première lettre modulo n-1, plus 1.",
		"Read the rule in the function's comment again: JFK, then the first letter modulo n-1, plus 1."),
	KeySplit: message.Both(
		"La partition d'une clé ne doit dépendre que de la clé : ni d'un compteur, ni du hasard, ni de l'ordre d'une map de Go. Sinon ses lignes ne se rencontrent pas, et une tâche relancée les cherche ailleurs.",
		"A key's partition must depend on the key alone: not on a counter, on chance, nor on the order of a Go map. Otherwise its rows do not meet, and a task that runs again looks for them elsewhere."),
	PartitionersDiffer: message.Both(
		"Deux partitionneurs de même n ne sont pas égaux, donc chaque jointure replacerait tout. Rendez une valeur comparable par == (une struct, non un pointeur), ou donnez-lui une méthode Equal.",
		"Two partitioners with the same n are not equal, so each join would place everything again. Return a value that == can compare (a struct, not a pointer), or give it a method Equal."),
	CopiesMissing: message.Both(
		"Des vols n'ont pas trouvé leur nom : la clé salée d'un vol ne rencontre un nom que si ce nom est copié sous chacun des sels.",
		"Some flights did not find their name: a flight's salted key meets a name only when that name is copied under each of the salts."),
	SaltLeft: message.Both(
		"Le sel ne sert qu'à brasser : ôtez-le après la jointure, pour rendre le code de l'aéroport.",
		"The salt is for the shuffle alone: take it off after the join, to return the airport's code."),
	TooManyMatches: message.Both(
		"Les noms ont été copiés pour chaque sel, et les clés des vols ne disent pas lequel : les deux côtés doivent porter le sel.",
		"The names were copied for each salt, and the flights' keys do not say which: both sides must carry the salt."),
	PackedRows: message.Both(
		"Des lignes réunies en listes sont moins nombreuses mais pas plus légères : la tâche de la clé fréquente les reçoit toutes.",
		"Rows put together in lists are fewer and no lighter: the task of the frequent key gets them all."),
	TooManyCopies: message.Both(
		"Ne copiez que les noms, et salez les vols sans les copier.",
		"Copy the names alone, and salt the flights without copying them."),
	StillSkewed: message.Both(
		"Les vols du même aéroport vont encore ensemble. Donnez-leur des clés différentes : un sel tiré de ce qui les distingue, pris modulo salts.",
		"The flights of one airport still go together. Give them different keys: a salt made of what tells them apart, modulo salts."),
	NotOrdered: message.Both(
		"Il faut des intervalles : chaque partition a ses bornes, et un hachage n'en connaît pas. Voyez SortBy, ou RangePartitioner.",
		"Ranges are needed: each partition has its bounds, and a hash knows none. See SortBy, or RangePartitioner."),
	OrderReversed: message.Both(
		"L'ordre demandé est croissant (Ascending).",
		"The order that is asked for is Ascending."),
	UnevenRanges: message.Both(
		"Des bornes fixées d'avance ignorent comment les distances se répartissent. Spark les tire d'un échantillon : SortBy et RangePartitioner le prennent pour vous.",
		"Bounds that are fixed beforehand know nothing of how the distances are spread. Spark draws them from a sample: SortBy and RangePartitioner take it for you."),
	OutsidePartitions: message.Both(
		"En Go comme en Java, le reste d'un nombre négatif est négatif, et un hachage peut l'être. Ajoutez n à un reste négatif.",
		"In Go as in Java the remainder of a negative number is negative, and a hash may be. Add n to a negative remainder."),
	SignDropped: message.Both(
		"-7 modulo 4 est 1, et non 3 : ajoutez n au reste négatif au lieu d'en changer le signe.",
		"-7 modulo 4 is 1, and not 3: add n to a negative remainder instead of changing its sign."),
	UnsignedHash: message.Both(
		"uint32 d'un nombre négatif lui ajoute 2³², qui n'est pas toujours un multiple de n. Prenez le reste, puis ajoutez n s'il est négatif.",
		"uint32 of a negative number adds 2³² to it, which need not be a multiple of n. Take the remainder, then add n if it is negative."),
	OtherHash: message.Both(
		"Le hachage n'est pas celui de Spark (rdd.HashCode) : deux programmes qui hachent autrement cherchent la même clé à deux endroits.",
		"The hash is not Spark's (rdd.HashCode): two programs that hash differently look for the same key in two places."),
}
