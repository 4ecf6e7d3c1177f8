package check

import "etincelle/grader/message"

// The keys of TP 3.
const (
	NotKept             Key = "notKept"
	ComputedAgain       Key = "computedAgain"
	FreedTooEarly       Key = "freedTooEarly"
	KeptTooMany         Key = "keptTooMany"
	LeftInMemory        Key = "leftInMemory"
	OftenEvicted        Key = "oftenEvicted"
	OftenNotKept        Key = "oftenNotKept"
	BroughtToDriver     Key = "broughtToDriver"
	RetryCounted        Key = "retryCounted"
	NothingPublished    Key = "nothingPublished"
	NotACheckpoint      Key = "notACheckpoint"
	LocalCheckpoint     Key = "localCheckpoint"
	WriteComputedAgain  Key = "writeComputedAgain"
	NotFromCheckpoint   Key = "notFromCheckpoint"
	LineageTooLong      Key = "lineageTooLong"
	CacheKeepsLineage   Key = "cacheKeepsLineage"
	KeptForNothing      Key = "keptForNothing"
	CopiesForNothing    Key = "copiesForNothing"
	FileForNothing      Key = "fileForNothing"
	DiskForNothing      Key = "diskForNothing"
	MemoryTooSmall      Key = "memoryTooSmall"
	MemoryUnused        Key = "memoryUnused"
	MemoryUsed          Key = "memoryUsed"
	LostWithItsExecutor Key = "lostWithItsExecutor"
	NothingForOthers    Key = "nothingForOthers"
)

var messagesTP03 = map[Key]message.Text{
	NotKept: message.Both(
		"{source} : {computed:partition calculée|partitions calculées} pour {jobs:job|jobs} ; {wanted:suffit|suffisent}. Aucun bloc n'a été gardé.",
		"{source}: {computed:partition|partitions} computed for {jobs:job|jobs}; {wanted:suffices|suffice}. No block was kept."),
	ComputedAgain: message.Both(
		"{source} : {computed:partition calculée|partitions calculées} ; {wanted:suffit|suffisent} : chacune une fois.",
		"{source}: {computed:partition|partitions} computed; {wanted:suffices|suffice}: each once."),
	FreedTooEarly: message.Both(
		"{source} : {computed:partition calculée|partitions calculées} ; {wanted:suffit|suffisent}. {freed:bloc a été libéré|blocs ont été libérés} avant le dernier job.",
		"{source}: {computed:partition|partitions} computed; {wanted:suffices|suffice}. {freed:block was|blocks were} let go before the last job."),
	KeptTooMany: message.Both(
		"{kept:jeu de données a été gardé|jeux de données ont été gardés} en même temps ; {wanted:suffit|suffisent}.",
		"{kept:dataset was|datasets were} kept at the same time; {wanted:suffices|suffice}."),
	LeftInMemory: message.Both(
		"Au retour de la fonction, {blocks:bloc est encore gardé|blocs sont encore gardés} ({bytes} octets) ; 0 suffit.",
		"When the function returned, {blocks:block was|blocks were} still kept ({bytes} bytes); 0 suffice."),
	OftenEvicted: message.Both(
		"Au retour, {missing:partition de often n'est plus|partitions de often ne sont plus} en mémoire. Évincés : {blocks}.",
		"On return, {missing:partition of often is|partitions of often are} no longer in memory. Evicted: {blocks}."),
	OftenNotKept: message.Both(
		"Au retour, {missing:partition de often n'est pas|partitions de often ne sont pas} en mémoire, et aucune n'a été évincée.",
		"On return, {missing:partition of often is|partitions of often are} not in memory, and none was evicted."),
	BroughtToDriver: message.Both(
		"{rows:ligne a été ramenée|lignes ont été ramenées} au pilote pour {of:ligne|lignes} en entrée.",
		"{rows:row was|rows were} brought to the driver, for {of:row|rows} of input."),
	RetryCounted: message.Both(
		"{failed:tâche a échoué et a été relancée|tâches ont échoué et ont été relancées} ; leurs lignes sont dans le résultat plus d'une fois.",
		"{failed:task|tasks} failed and ran again; their rows are in the result more than once."),
	NothingPublished: message.Both(
		"Un autre programme ne trouve rien : aucun point de reprise n'a été écrit, et {jobs:job a tourné|jobs ont tourné} dans votre fonction.",
		"Another program finds nothing: no checkpoint was written, and {jobs:job|jobs} ran in your function."),
	NotACheckpoint: message.Both(
		"Un autre programme ne peut pas lire ce dossier comme un point de reprise : {text}.",
		"Another program cannot read this folder as a checkpoint: {text}."),
	LocalCheckpoint: message.Both(
		"Le point de reprise est local : il est dans les blocs des exécuteurs, et dans aucun fichier.",
		"The checkpoint is a local one: it lies in the executors' blocks, and in no file."),
	WriteComputedAgain: message.Both(
		"{source} : {computed:partition calculée|partitions calculées} ; {wanted:suffit|suffisent}. L'écriture du point de reprise les a calculées de nouveau.",
		"{source}: {computed:partition|partitions} computed; {wanted:suffices|suffice}. Writing the checkpoint computed them again."),
	NotFromCheckpoint: message.Both(
		"Le résultat ne vient pas d'un point de reprise : sa lignée commence par {roots}.",
		"The result does not come from a checkpoint: its lineage begins with {roots}."),
	LineageTooLong: message.Both(
		"La lignée d'un job compte {steps:pas|pas} ; au plus {wanted}. {written:point de reprise écrit|points de reprise écrits} en tout.",
		"The lineage of a job has {steps:step|steps}; at most {wanted}. {written:checkpoint|checkpoints} written in all."),
	CacheKeepsLineage: message.Both(
		"La lignée d'un job compte {steps:pas|pas} ; au plus {wanted}. {blocks:bloc a été gardé|blocs ont été gardés} en mémoire, aucun point de reprise n'a été écrit.",
		"The lineage of a job has {steps:step|steps}; at most {wanted}. {blocks:block was|blocks were} kept in memory, and no checkpoint was written."),
	KeptForNothing: message.Both(
		"{blocks:bloc a été gardé|blocs ont été gardés} pour un jeu de données qui ne sert qu'une fois ; 0 suffit.",
		"{blocks:block was|blocks were} kept for a dataset that is used once; 0 suffice."),
	CopiesForNothing: message.Both(
		"Chaque bloc est gardé par {copies:exécuteur|exécuteurs} ; 1 suffit ici.",
		"Each block is kept by {copies:executor|executors}; 1 suffices here."),
	FileForNothing: message.Both(
		"Un point de reprise a été écrit et la lignée est coupée ; cette situation ne demande ni l'un ni l'autre.",
		"A checkpoint was written and the lineage is cut; this situation asks for neither."),
	DiskForNothing: message.Both(
		"{bytes:octet a été écrit|octets ont été écrits} sur disque ; 0 suffit ici.",
		"{bytes:byte was|bytes were} written to disk; 0 suffice here."),
	MemoryTooSmall: message.Both(
		"À la deuxième action, {computed:partition a été calculée|partitions ont été calculées} de nouveau ; 0 suffit. La mémoire n'avait de place que pour {blocks:bloc|blocs} sur {wanted}.",
		"At the second action, {computed:partition was|partitions were} computed again; 0 suffice. Memory had room for {blocks:block|blocks} of {wanted} only."),
	MemoryUnused: message.Both(
		"Aucun bloc n'est en mémoire : {bytes:octet est|octets sont} sur disque, et la place libre ne sert à rien.",
		"No block is in memory: {bytes:byte is|bytes are} on disk, and the free room is of no use."),
	MemoryUsed: message.Both(
		"{bytes:octet de mémoire est pris|octets de mémoire sont pris} par des blocs ; 0 demandé.",
		"{bytes:byte of memory is|bytes of memory are} taken by blocks; 0 asked for."),
	LostWithItsExecutor: message.Both(
		"Un exécuteur perdu, {computed:partition a été calculée|partitions ont été calculées} de nouveau ; 0 suffit.",
		"One executor lost, {computed:partition was|partitions were} computed again; 0 suffice."),
	NothingForOthers: message.Both(
		"Aucun fichier ne reste pour un autre programme : {written:point de reprise écrit|points de reprise écrits}, {blocks:bloc gardé|blocs gardés}.",
		"No file stays for another program: {written:checkpoint|checkpoints} written, {blocks:block|blocks} kept."),
}

var reasonsTP03 = map[Key]message.Text{
	NotKept: message.Both(
		"Chaque action refait toute la lignée. Marquez avec Cache le jeu de données dont plusieurs actions partent, avant la première, et servez-vous de ce jeu-là.",
		"Each action computes the whole lineage again. Mark the dataset that several actions start from with Cache, before the first of them, and use that very dataset."),
	ComputedAgain: message.Both(
		"Cherchez l'action qui ne part pas du jeu de données gardé : Lineage montre si un bloc est là (CachedPartitions).",
		"Look for the action that does not start from the kept dataset: Lineage shows whether a block is there (CachedPartitions)."),
	FreedTooEarly: message.Both(
		"Une transformation n'a encore rien calculé quand elle est écrite : libérez (Unpersist) un jeu de données après l'action qui a rempli le suivant.",
		"A transformation has computed nothing yet when it is written: let a dataset go (Unpersist) after the action that has filled the next one."),
	KeptTooMany: message.Both(
		"La mémoire est partagée : ce qui ne servira plus doit partir (Unpersist) dès que le jeu suivant est calculé, et seul le jeu commun à toutes les actions mérite Cache.",
		"Memory is shared: what is of no more use must go (Unpersist) as soon as the next dataset is computed, and only the one that all actions share is worth a Cache."),
	LeftInMemory: message.Both(
		"Un cache est temporaire, mais il dure autant que l'application : Unpersist après la dernière action, aussi en fin de boucle.",
		"A cache is temporary, but it lasts as long as the application: Unpersist after the last action, at the end of a loop too."),
	OftenEvicted: message.Both(
		"Quand la mémoire est pleine, le bloc utilisé il y a le plus longtemps part le premier (LRU). Servez-vous de often après first, ou libérez ce qui ne sert plus.",
		"When memory is full the least recently used block goes first (LRU). Use often after first, or let go what is of no more use."),
	OftenNotKept: message.Both(
		"Cache n'est qu'une marque : seule une action qui parcourt toutes les partitions les met toutes en mémoire, et Unpersist les enlève.",
		"Cache is only a mark: only an action that goes through all partitions puts them all in memory, and Unpersist takes them away."),
	BroughtToDriver: message.Both(
		"Le pilote n'a ni la mémoire ni les cœurs de la grappe : Count, Fold ou Aggregate ne ramènent qu'un nombre par partition.",
		"The driver has neither the memory nor the cores of the cluster: Count, Fold or Aggregate bring one number a partition."),
	RetryCounted: message.Both(
		"Une fonction a changé une variable du programme. Une tâche échouée a déjà compté ses lignes, et sur une grappe chaque exécuteur n'a qu'une copie de la variable : seul le résultat d'une action (Count, Fold…) revient au pilote, une fois par partition.",
		"A function changed a variable of the program. A task that failed has counted its rows already, and on a cluster each executor has a copy of the variable only: nothing but the result of an action (Count, Fold…) comes back to the driver, once for each partition."),
	NothingPublished: message.Both(
		"Checkpoint est une marque. Elle doit être posée avant la première action sur ce même jeu de données ; c'est la fin de cette action qui l'écrit. Un cache, lui, ne se lit que dans sa session.",
		"Checkpoint is a mark. It must be made before the first action on that very dataset; the end of that action writes it. A cache can be read in its own session only."),
	NotACheckpoint: message.Both(
		"Rendez le dossier que CheckpointFile nomme, une fois l'action finie : il contient les lignes et leur type.",
		"Return the folder that CheckpointFile names, once the action is over: it holds the rows and their type."),
	LocalCheckpoint: message.Both(
		"LocalCheckpoint coupe la lignée sans rien écrire de durable : un exécuteur perdu, et le jeu de données l'est aussi ; un autre programme n'y a pas accès. Checkpoint écrit dans le répertoire.",
		"LocalCheckpoint cuts the lineage and writes nothing that lasts: with one executor lost the dataset is lost too, and no other program can read it. Checkpoint writes in the directory."),
	WriteComputedAgain: message.Both(
		"Le point de reprise est écrit par un deuxième job, après l'action. Sans cache il repart de la source : Cache d'abord, Checkpoint ensuite, puis l'action.",
		"The checkpoint is written by a second job, after the action. Without a cache it starts from the source again: Cache first, then Checkpoint, then the action."),
	NotFromCheckpoint: message.Both(
		"FromCheckpoint[datasets.Flight] lit, dans une autre session, ce que CheckpointFile a nommé.",
		"FromCheckpoint[datasets.Flight] reads, in another session, what CheckpointFile named."),
	LineageTooLong: message.Both(
		"Il faut, tous les every pas, dans cet ordre : la marque (Checkpoint), puis une action sur ce même jeu de données. Sans action rien n'est écrit ; après une première action la marque vient trop tard.",
		"Every so many steps it takes, in this order: the mark (Checkpoint), then an action on that very dataset. Without an action nothing is written; after a first action the mark comes too late."),
	CacheKeepsLineage: message.Both(
		"Un cache garde la lignée : il faut pouvoir tout recalculer si un bloc se perd. Seul un point de reprise la coupe, et il se marque avant la première action.",
		"A cache keeps the lineage: all must be computed again if a block is lost. Only a checkpoint cuts it, and it is marked before the first action."),
	KeptForNothing: message.Both(
		"Garder coûte de la mémoire, et évince ce qui servirait. Ce qui ne sert qu'une fois ne se garde pas.",
		"Keeping costs memory, and evicts what would be of use. What is used once is not kept."),
	CopiesForNothing: message.Both(
		"Un niveau qui finit par 2 double la place et le trafic : il se paie quand un recalcul coûterait trop cher après une panne.",
		"A level that ends in 2 doubles the room and the traffic: it pays when computing again after a failure would cost too much."),
	FileForNothing: message.Both(
		"Un point de reprise coûte un deuxième job et une écriture durable : pour une longue lignée, ou pour un autre programme.",
		"A checkpoint costs a second job and a lasting write: for a long lineage, or for another program."),
	DiskForNothing: message.Both(
		"Tout tient en mémoire : un niveau sans disque, ou qui ne s'en sert que si la place manque, suffit.",
		"All of it fits in memory: a level without disk, or one that uses it only for want of room, suffices."),
	MemoryTooSmall: message.Both(
		"MemoryOnly (Cache) ne garde pas ce qui n'entre pas : ces partitions sont calculées à chaque action. MemoryAndDisk met le reste sur disque.",
		"MemoryOnly (Cache) does not keep what does not fit: these partitions are computed at each action. MemoryAndDisk puts the rest on disk."),
	MemoryUnused: message.Both(
		"DiskOnly relit tout depuis le disque. MemoryAndDisk garde en mémoire ce qui tient, et n'écrit que le reste.",
		"DiskOnly reads all of it from disk. MemoryAndDisk keeps in memory what fits, and writes the rest only."),
	MemoryUsed: message.Both(
		"DiskOnly ne prend que du disque.",
		"DiskOnly takes disk and nothing else."),
	LostWithItsExecutor: message.Both(
		"Un bloc sans copie part avec son exécuteur, et sa partition est recalculée à partir de la lignée. Un niveau qui finit par 2 met chaque bloc sur deux exécuteurs.",
		"A block without a copy goes with its executor, and its partition is computed again from the lineage. A level that ends in 2 puts each block on two executors."),
	NothingForOthers: message.Both(
		"Les blocs, en mémoire ou sur disque, disparaissent avec la session. Checkpoint écrit ce qui lui survit.",
		"Blocks, in memory or on disk, go with the session. Checkpoint writes what outlives it."),
}
