// Package measure holds the statistical methods that a figure about a city needs before it is shown. It owns the trend of a series: a
// slope with its interval and a word that tells a resident whether things get better.
//
// The methods are pure: no input or output, no clock, no randomness. They never fill in a missing year, never smooth, and never judge a
// right; the package measure/scorecard does that.
//
// Sources: P. K. Sen, Estimates of the regression coefficient based on Kendall's tau, Journal of the American Statistical Association 63
// (1968) 1379-1389; H. Theil, A rank-invariant method of linear and polynomial regression analysis, Proceedings of the Royal Netherlands
// Academy of Sciences 53 (1950); M. G. Kendall, Rank Correlation Methods (1970), for the exact distribution of S; M. Hollander, D. A. Wolfe and
// E. Chicken, Nonparametric Statistical Methods (2014), section 9.3, for the ranks of the interval's ends.
package measure
