// Package opinion makes the opinion map of a conversation: who agrees with whom on which statements, and what all of them share.
//
// It owns the sparse votes, the two components that spread participants out, the groups among them with their stability, the statements that
// represent a group, consensus within and across groups, the bridging gate, and the order in which statements are shown. docs/methods/opinion.md
// states every formula, with a worked example that a test runs.
//
// The map is a pure function of who voted what: it does not depend on the order of the votes, on earlier maps or on the number of cores, and votes
// that are added later give, to the last bit, the map of all votes together. Randomness comes from a seed that is handed in. Memory is proportional
// to the votes.
//
// The map informs and never decides (package ballot does): groups of opinion can be gamed. The package never guesses a vote, never drops a
// statement silently, and says in Warnings what the data does not carry.
//
// Sources: C. Small, M. Bjorkegren, T. Erkkilä, L. Shaw and C. Megill, Polis: Scaling deliberation by mapping high dimensional opinion spaces,
// Recerca 26 (2021); C. Lanczos, An iteration method for the solution of the eigenvalue problem, Journal of Research of the National Bureau of
// Standards 45 (1950); S. Lloyd, Least squares quantization in PCM, IEEE Transactions on Information Theory 28 (1982); J. A. Hartigan,
// Clustering Algorithms (1975); D. Arthur and S. Vassilvitskii, k-means++, SODA (2007); P. Rousseeuw, Silhouettes, Journal of Computational
// and Applied Mathematics 20 (1987); L. Hubert and P. Arabie, Comparing partitions, Journal of Classification 2 (1985); E. B. Wilson, Probable
// inference, Journal of the American Statistical Association 22 (1927); B. Efron, Bootstrap methods, Annals of Statistics 7 (1979).
package opinion
