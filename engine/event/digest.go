package event

import (
	"fmt"
	"strings"
)

// RetainedJobs is how many jobs a Digest keeps, the last ones (Spark's
// spark.ui.retainedJobs): a stream has no last job.
const RetainedJobs = 1000

// Digest keeps of each job what people ask afterwards: which stages ran, which
// were skipped and why, what they moved. It is much smaller than a recording.
// Its zero value is ready; Hear takes events in their order.
type Digest struct {
	Jobs []*JobDigest
}

// JobDigest is one job.
type JobDigest struct {
	JobStart
	Ended  bool
	Error  string
	Ran    []StageDigest // in the order of JobStart.Stages
	Blocks []string      // why persisted partitions were computed, one line each
}

// StageDigest is one stage of a job, over all its attempts.
type StageDigest struct {
	Stage
	Attempts  int // 0: it never ran
	Reason    string
	Skipped   bool
	WrittenBy int // of a skipped stage: who wrote the output that is used again; -1 when none is needed
	Done      int // tasks that succeeded
	Failed    int
	Metrics   Metrics
}

// Hear takes in one event.
func (d *Digest) Hear(e Event) {
	switch e := e.(type) {
	case JobStart:
		job := &JobDigest{JobStart: e}
		for _, s := range e.Stages {
			job.Ran = append(job.Ran, StageDigest{Stage: s})
		}
		if len(d.Jobs) >= RetainedJobs {
			d.Jobs = append(d.Jobs[:0:0], d.Jobs[1+len(d.Jobs)-RetainedJobs:]...)
		}
		d.Jobs = append(d.Jobs, job)
	case JobEnd:
		if job := d.job(e.Job); job != nil {
			job.Ended, job.Error = true, e.Error
		}
	case StageStart:
		if s := d.stage(e.Job, e.Stage); s != nil {
			s.Attempts, s.Skipped = s.Attempts+1, false
			if e.Reason != "" {
				s.Reason = e.Reason
			}
		}
	case StageSkipped:
		if s := d.stage(e.Job, e.Stage); s != nil {
			s.Skipped, s.WrittenBy = true, e.WrittenBy
		}
	case TaskEnd:
		if s := d.stage(e.Job, e.Stage); s != nil {
			s.task(e)
		}
	case BlockMissed:
		if len(d.Jobs) > 0 && e.Reason != NeverStored {
			job := d.Jobs[len(d.Jobs)-1]
			job.Blocks = append(job.Blocks, fmt.Sprintf("rdd_%d_%d computed again: %s", e.Dataset, e.Partition, e.Reason))
		}
	}
}

func (s *StageDigest) task(e TaskEnd) {
	if e.Status != Succeeded {
		s.Failed++
		return
	}
	s.Done++
	s.Metrics.add(e.Metrics)
}

func (d *Digest) job(id int) *JobDigest {
	for i := len(d.Jobs) - 1; i >= 0; i-- {
		if d.Jobs[i].Job == id {
			return d.Jobs[i]
		}
	}
	return nil
}

func (d *Digest) stage(job, id int) *StageDigest {
	j := d.job(job)
	if j == nil {
		return nil
	}
	for i := range j.Ran {
		if j.Ran[i].ID == id {
			return &j.Ran[i]
		}
	}
	return nil
}

// About keeps the jobs whose lineage holds a dataset.
func (d *Digest) About(dataset int) []*JobDigest {
	var about []*JobDigest
	for _, job := range d.Jobs {
		for _, set := range job.Datasets {
			if set.ID == dataset {
				about = append(about, job)
				break
			}
		}
	}
	return about
}

// String draws the job: its stages, parents first, with what each moved.
//
//	job 1 collect at main.go:12: 2 stages, 1 skipped, 3 tasks
//	  stage 1 map at main.go:9: skipped, its shuffle 0 was written by stage 0
//	  stage 2 collect at main.go:12: 3 tasks, 61 shuffle read, 16 to the driver
//	    [3] ShuffledRDD at reduceByKey (main.go:10), kept Memory Deserialized 1x Replicated
func (j *JobDigest) String() string {
	var b strings.Builder
	skipped, tasks := 0, 0
	for _, s := range j.Ran {
		tasks += s.Done + s.Failed
		if s.Skipped {
			skipped++
		}
	}
	fmt.Fprintf(&b, "job %d %s at %s: %d stages, %d skipped, %d tasks", j.Job, j.Action, j.Site, len(j.Ran), skipped, tasks)
	if j.Error != "" {
		fmt.Fprintf(&b, "\n  failed: %s", j.Error)
	}
	for _, s := range j.Ran {
		b.WriteString("\n  " + s.line())
		for _, id := range s.Datasets {
			b.WriteString("\n    " + j.dataset(id))
		}
	}
	for _, line := range j.Blocks {
		b.WriteString("\n  " + line)
	}
	return b.String()
}

func (s StageDigest) line() string {
	line := fmt.Sprintf("stage %d %s at %s: ", s.ID, s.Name, s.Site)
	switch {
	case s.Skipped && s.WrittenBy < 0:
		return line + fmt.Sprintf("skipped, nothing that ran read shuffle %d", s.Writes)
	case s.Skipped:
		return line + fmt.Sprintf("skipped, its shuffle %d was written by stage %d", s.Writes, s.WrittenBy)
	case s.Attempts == 0:
		return line + "never ran"
	}
	line += fmt.Sprintf("%d tasks", s.Tasks)
	if s.Failed > 0 {
		line += fmt.Sprintf(", %d failed", s.Failed)
	}
	if s.Attempts > 1 {
		line += fmt.Sprintf(", %d attempts (%s)", s.Attempts, s.Reason)
	}
	return line + s.Metrics.String()
}

func (j *JobDigest) dataset(id int) string {
	for _, d := range j.Datasets {
		if d.ID != id {
			continue
		}
		line := fmt.Sprintf("[%d] %s at %s (%s)", d.ID, d.Class, d.Op, d.Site)
		if d.Name != "" {
			line = fmt.Sprintf("[%d] %s %s at %s (%s)", d.ID, d.Name, d.Class, d.Op, d.Site)
		}
		if d.Level != "" {
			line += ", kept " + d.Level
		}
		if d.Partitioner != "" {
			line += ", placed by " + d.Partitioner
		}
		return line
	}
	return fmt.Sprintf("[%d]", id)
}
