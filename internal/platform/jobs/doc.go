// Package jobs does work after the transaction that asked for it: a job is kept together with what it follows from, or not at all, and is done
// once that has been committed, here or in another process on the same database.
//
// A job is done at least once: where a process dies in the middle, another does it again after its lease. One that fails is tried again, later
// each time, and after the last time it stays, to be seen and tried again by an operator: no queue is silent. The package owns the table of
// jobs and never knows what they do.
//
// Sources: transactional outbox (C. Richardson, Microservices Patterns, 2018, ch. 3); exponential backoff with jitter (M. Brooker, AWS
// Architecture Blog, 2015).
package jobs
