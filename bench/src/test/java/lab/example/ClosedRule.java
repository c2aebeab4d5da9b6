package lab.example;

/// A class that cannot be made without being told more.
public record ClosedRule(String secret) {}
