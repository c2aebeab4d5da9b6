/// Learning rules by their literature names, each in one file. To add one, copy
/// [org.mortal.learning.rule.LocalCrossEntropy].
package org.mortal.learning.rule;
