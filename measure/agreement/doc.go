// Package agreement tells how far raters agree, and what many raters together say of a unit. It owns Krippendorff's α, the intraclass
// correlations, and a latent model that gives each unit a position with an interval and tells how groups of raters differ.
//
// A rater is a person or an organisation, a group is the party it speaks for (authority, civil society, residents), a unit is what is rated: a
// requirement in a city, say. The package never pools parties in silence: each result can be had per group, and the model names the shift
// between groups. It never fills in a missing rating. A result that the ratings cannot give is missing, with its reason in words; it is
// never NaN. The methods are pure and the same input and seed give the same output; the order of the ratings makes no difference.
//
// Sources: K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011); P. E. Shrout and J. L. Fleiss, Intraclass correlations: uses
// in assessing rater reliability, Psychological Bulletin 86 (1979) 420-428; D. Pemstein and others, The V-Dem Measurement Model, V-Dem
// Working Paper 21 (2018), for ratings with thresholds and discriminating raters; G. King and others, Enhancing the validity and cross-cultural
// comparability of measurement in survey research, American Political Science Review 98 (2004) 191-207, for anchoring vignettes; L. Tierney and
// J. B. Kadane, Accurate approximations for posterior moments and marginal densities, Journal of the American Statistical Association 81
// (1986) 82-86, and K. Kristensen and others, TMB: automatic differentiation and Laplace approximation, Journal of Statistical Software 70
// (2016), for how the model is fitted.
package agreement
