package scenario

import (
	"time"

	"etincelle/engine/dstream"
	"etincelle/engine/rdd"
)

const (
	batch  = 2 * time.Second
	second = time.Second
)

// base is what scenarios have in common: three executors, a batch every two seconds, a
// block every 400 ms, ten rows a second for six batches.
func base() setup {
	return setup{
		executors: 3, cores: 2, batch: batch, block: 400 * time.Millisecond, every: 100 * time.Millisecond, offer: 1, batches: 6, extra: 2,
		level: rdd.MemoryOnly, receiver: simple, task: constant(100 * time.Millisecond),
	}
}

func constant(d time.Duration) func(string) time.Duration {
	return func(string) time.Duration { return d }
}

func simple(b *broker, n *counted) dstream.CustomReceiver[int64] { return &plain{broker: b, count: n} }

func withBlocks(b *broker, n *counted) dstream.CustomReceiver[int64] {
	return &reliable{broker: b, count: n, block: 5}
}

func tooEarly(b *broker, n *counted) dstream.CustomReceiver[int64] {
	return &hasty{broker: b, count: n, block: 5}
}

// with is base, changed.
func with(change func(*setup)) setup {
	s := base()
	change(&s)
	return s
}

func catalogue() []Scenario {
	return []Scenario{
		{
			Name:  "receiver-killed-1",
			Title: Text{"L'exécuteur du récepteur meurt, une copie", "The receiver's executor dies, one copy"},
			Story: Text{
				"Les blocs ne sont gardés que sur l'exécuteur du récepteur. Il meurt à 5,3 s : ses blocs\nqui attendaient leur lot sont perdus, et ce que le récepteur tenait en mémoire aussi.",
				"Blocks are kept on the receiver's executor alone. It dies at 5.3 s: its blocks that waited\nfor their batch are lost, and so is what the receiver held in memory.",
			},
			setup: with(func(s *setup) { s.script = []step{{5300 * time.Millisecond, killReceiver}} }),
		},
		{
			Name:  "receiver-killed-2",
			Title: Text{"L'exécuteur du récepteur meurt, deux copies", "The receiver's executor dies, two copies"},
			Story: Text{
				"Chaque bloc est sur deux exécuteurs : la mort de l'un ne perd que les lignes dont le\nrécepteur, non fiable, n'avait pas encore fait un bloc.",
				"Every block is on two executors: the death of one loses only the rows of which the\nreceiver, an unreliable one, had not made a block yet.",
			},
			setup: with(func(s *setup) {
				s.level = rdd.MemoryOnly2
				s.script = []step{{5300 * time.Millisecond, killReceiver}}
			}),
		},
		{
			Name:  "driver-killed",
			Title: Text{"Le pilote meurt, sans journal", "The driver dies, without a log"},
			Story: Text{
				"Le pilote meurt au milieu d'un lot et revient de son point de reprise. Le récepteur est fiable,\nla source garde ce qui n'est pas acquitté ; mais les blocs acquittés sont morts avec les exécuteurs.",
				"The driver dies in the middle of a batch and comes back from its checkpoint. The receiver is reliable\nand the source keeps what is not acknowledged; but acknowledged blocks died with the executors.",
			},
			setup: with(func(s *setup) {
				s.checkpoint, s.level, s.keeps, s.receiver, s.restart = true, rdd.MemoryOnly2, true, withBlocks, 8*second
			}),
		},
		{
			Name:  "driver-killed-log",
			Title: Text{"Le pilote meurt, avec le journal", "The driver dies, with the log"},
			Story: Text{
				"Le même accident avec le journal d'écriture anticipée : ce qui était acquitté est dans le journal,\nrien n'est perdu. Le dernier lot terminé est refait : sa sortie compte deux fois.",
				"The same accident with the write-ahead log: what was acknowledged is in the log, and nothing is\nlost. The last batch that was done runs again: its output counts twice.",
			},
			setup: with(func(s *setup) {
				s.checkpoint, s.log, s.keeps, s.receiver, s.restart = true, true, true, withBlocks, 8*second
			}),
		},
		{
			Name:  "ack-before",
			Title: Text{"Acquitter avant de ranger : des pertes", "Acknowledged before it is stored: losses"},
			Story: Text{
				"Le récepteur acquitte chaque ligne à son arrivée et range par blocs de cinq. Quand son\nexécuteur meurt, la source a déjà oublié les lignes qui n'étaient pas rangées.",
				"The receiver acknowledges each row as it arrives and stores blocks of five. When its executor\ndies, the source has already forgotten the rows that were not stored.",
			},
			setup: with(func(s *setup) {
				s.level, s.keeps, s.receiver = rdd.MemoryOnly2, true, tooEarly
				s.script = []step{{5300 * time.Millisecond, killReceiver}}
			}),
		},
		{
			Name:  "ack-after",
			Title: Text{"Acquitter après avoir rangé : des doublons", "Acknowledged after it is stored: duplicates"},
			Story: Text{
				"Le récepteur range un bloc, puis l'acquitte. Un acquittement se perd avec la connexion :\nla source renvoie un bloc qui était rangé. Rien n'est perdu, le bloc compte deux fois.",
				"The receiver stores a block, then acknowledges it. An acknowledgement is lost with the\nconnection: the source sends a block again that was stored. Nothing is lost, the block counts twice.",
			},
			setup: with(func(s *setup) {
				s.level, s.keeps, s.receiver = rdd.MemoryOnly2, true, withBlocks
				s.script = []step{{5200 * time.Millisecond, loseAck}, {7300 * time.Millisecond, killReceiver}}
			}),
		},
		{
			Name:  "ack-after-idempotent",
			Title: Text{"Une sortie idempotente répare les doublons", "An idempotent output repairs the duplicates"},
			Story: Text{
				"Le même accident ; la sortie écrit chaque ligne sous son numéro, à la place de ce qui s'y\ntrouvait. Au moins une fois à l'entrée, exactement une fois à la sortie.",
				"The same accident; the output writes each row under its number, in the place of what was\nthere. At least once at the entry, exactly once at the exit.",
			},
			setup: with(func(s *setup) {
				s.level, s.keeps, s.receiver, s.upserts = rdd.MemoryOnly2, true, withBlocks, true
				s.script = []step{{5200 * time.Millisecond, loseAck}, {7300 * time.Millisecond, killReceiver}}
			}),
		},
		{
			Name:  "slow-executor",
			Title: Text{"Un exécuteur lent : les tâches vont aux autres", "A slow executor: tasks go to the others"},
			Story: Text{
				"Chaque lot fait douze tâches, et e2 est quatre fois plus lent. Personne ne répartit les tâches\nd'avance : un cœur libre prend la suivante, et le lent en fait moins.",
				"Each batch has twelve tasks, and e2 is four times slower. Nobody deals the tasks out\nbeforehand: a free core takes the next one, and the slow executor does fewer.",
			},
			setup: with(func(s *setup) {
				s.spread, s.offer, s.level = 12, 12, rdd.MemoryOnly2
				s.task = func(executor string) time.Duration {
					if executor == "e2" {
						return 400 * time.Millisecond
					}
					return 100 * time.Millisecond
				}
			}),
		},
		{
			Name:  "backlog",
			Title: Text{"Un lot dure plus que son intervalle : la file grandit", "A batch takes longer than it lasts: the queue grows"},
			Story: Text{
				"Un lot de deux secondes demande trois secondes de calcul. Les lots attendent, et chacun\nplus que celui d'avant : le délai d'ordonnancement grandit sans fin.",
				"A batch of two seconds needs three seconds of work. Batches wait, each longer than the one\nbefore: the scheduling delay grows without end.",
			},
			setup: with(overloaded),
		},
		{
			Name:  "backpressure",
			Title: Text{"La contre-pression vide la file", "Back-pressure empties the queue"},
			Story: Text{
				"La même charge ; après chaque lot, l'estimateur de débit (PID) dit au récepteur combien de lignes\nil peut ranger par seconde. L'attente passe du moteur à la source, et le délai cesse de grandir.",
				"The same load; after each batch the rate estimator (PID) tells the receiver how many rows a\nsecond it may store. The wait moves from the engine to the source, and the delay stops growing.",
			},
			setup: with(func(s *setup) {
				overloaded(s)
				s.batches = 20
				s.backpressure, s.keeps, s.receiver = &dstream.Backpressure{MinRate: 5}, true, withBlocks
			}),
		},
	}
}

// overloaded asks for more work than there is time: one core works, 15 ms for each of
// 100 rows a second.
func overloaded(s *setup) {
	s.executors, s.cores, s.offer, s.batches, s.extra = 1, 2, 10, 10, 0
	s.task, s.perRow = constant(0), 15*time.Millisecond
}
