/// Learning rules that train through a black box, and the tasks they are tried on.
///
/// Nd4j stands on the class path, since its jar cannot be a module; this module reads the unnamed module for it.
module org.mortal.learning {
  requires transitive org.mortal.driver;

  exports org.mortal.learning;
  exports org.mortal.learning.rule;
  exports org.mortal.learning.task;
}
