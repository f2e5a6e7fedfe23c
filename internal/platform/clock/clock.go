// Package clock is the narrow door through which time comes in, so that a test can set it.
package clock

import "time"

// Clock tells the time.
type Clock interface{ Now() time.Time }

// System is the machine's clock, in UTC.
type System struct{}

// Now gives the present moment.
func (System) Now() time.Time { return time.Now().UTC() }

// Fixed always tells the same time.
type Fixed time.Time

// Now gives the fixed moment.
func (f Fixed) Now() time.Time { return time.Time(f) }
