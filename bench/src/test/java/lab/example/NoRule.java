package lab.example;

/// A class that is no rule.
public final class NoRule {}
