package inequality

// Logit is for the test that fits with the peer's weights.
var Logit = logit
