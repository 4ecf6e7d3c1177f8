package engine

import "sync"

// book is what the packages beside keep with a session: settings under Spark's
// names, and values of their own.
type book struct {
	mu     sync.Mutex
	conf   map[string]string
	beside map[any]any
}

// Conf sets one of Spark's settings that packages on the session look at:
//
//	s := engine.Start(engine.Conf("spark.sql.shuffle.partitions", "4"))
func Conf(key, value string) Option {
	return func(s *settings) {
		if s.conf == nil {
			s.conf = map[string]string{}
		}
		s.conf[key] = value
	}
}

// SetConf changes a setting, for what is planned from here on.
func (s *Session) SetConf(key, value string) {
	b := &s.core.book
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.conf == nil {
		b.conf = map[string]string{}
	}
	b.conf[key] = value
}

// Conf is a setting; set is false when the program has not set it.
func (s *Session) Conf(key string) (value string, set bool) {
	b := &s.core.book
	b.mu.Lock()
	defer b.mu.Unlock()
	value, set = b.conf[key]
	return value, set
}

// Beside is what a package keeps with the session under a key of its own type;
// fresh makes it at the first need. One with a method Stop() is stopped before
// the session is.
func (c *Core) Beside(key any, fresh func() any) any {
	c.book.mu.Lock()
	defer c.book.mu.Unlock()
	if c.book.beside == nil {
		c.book.beside = map[any]any{}
	}
	kept, ok := c.book.beside[key]
	if !ok {
		kept = fresh()
		c.book.beside[key] = kept
	}
	return kept
}

// stopBeside stops what packages keep with the session.
func (c *Core) stopBeside() {
	c.book.mu.Lock()
	var all []interface{ Stop() }
	for _, v := range c.book.beside {
		if s, ok := v.(interface{ Stop() }); ok {
			all = append(all, s)
		}
	}
	c.book.mu.Unlock()
	for _, s := range all {
		s.Stop()
	}
}
