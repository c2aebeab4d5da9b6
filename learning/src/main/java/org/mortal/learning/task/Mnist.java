package org.mortal.learning.task;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/// MNIST, or any other data set in the same four IDX files (Fashion-MNIST, KMNIST, EMNIST ...).
///
/// Picture size and number of classes come from the files. The files are named as in
/// [IdxFiles#find].
public final class Mnist {
  /// How many of the training images are kept for validation, unless said otherwise.
  public static final int VALIDATION = 5_000;

  /// A label is one byte.
  private static final int MOST_CLASSES = 256;

  private Mnist() {}

  /// Reads the data set, with the last [#VALIDATION] training images for validation.
  ///
  /// @param directory the folder of the four files
  /// @return the task, as [#load(Path, int)] gives it
  /// @throws DataException as [#load(Path, int)] does
  public static Task load(Path directory) {
    return load(directory, VALIDATION);
  }

  /// Reads the data set. Train and validation are views of one array, in the order of the file.
  ///
  /// @param directory the folder of the four files
  /// @param validation how many images at the end of the training file are kept for validation, at
  ///     least 1 and below the number of training images
  /// @return the task `mnist`; with MNIST itself 55,000, 5,000 and 10,000 images of 28 by 28 pixels
  ///     in 10 classes, one more than the highest label of both files
  /// @throws DataException if a file is missing or bad, image and label counts differ, the labels
  ///     make no sensible set of classes, the picture sizes of train and test differ, or the
  ///     validation size does not fit
  public static Task load(Path directory, int validation) {
    // All four before reading the first: a missing one should not cost a second of waiting.
    Path trainImages = IdxFiles.find(directory, "train-images");
    Path trainLabels = IdxFiles.find(directory, "train-labels");
    Path testImages = IdxFiles.find(directory, "t10k-images");
    Path testLabels = IdxFiles.find(directory, "t10k-labels");

    int[] labels = IdxFiles.readLabels(trainLabels, MOST_CLASSES);
    int[] testing = IdxFiles.readLabels(testLabels, MOST_CLASSES);
    int classes = classes(trainLabels, labels, testLabels, testing);
    IdxFiles.Images images = IdxFiles.readImages(trainImages);
    requireSameCount(trainImages, images, trainLabels, labels);
    IdxFiles.Images unseen = IdxFiles.readImages(testImages);
    requireSameCount(testImages, unseen, testLabels, testing);
    if (images.width() != unseen.width() || images.height() != unseen.height()) {
      throw new DataException(
          "%s holds pictures of %d x %d but %s of %d x %d: the files are of different data sets"
              .formatted(
                  trainImages,
                  images.width(),
                  images.height(),
                  testImages,
                  unseen.width(),
                  unseen.height()));
    }
    int count = labels.length;
    if (validation < 1 || validation >= count) {
      throw new DataException(
          "%d validation images cannot be kept from the %d of %s: choose 1 to %d"
              .formatted(validation, count, trainImages, count - 1));
    }
    int train = count - validation;
    return new Task(
        "mnist",
        part(images, labels, classes, 0, train),
        part(images, labels, classes, train, count),
        new DataSet(unseen.pixels(), testing, classes),
        images.width(),
        images.height());
  }

  /// Some of the images, as a view. Not by way of a data set of all, whose checks read every pixel.
  private static DataSet part(IdxFiles.Images images, int[] labels, int classes, int from, int to) {
    return new DataSet(
        DataSet.rows(images.pixels(), from, to), Arrays.copyOfRange(labels, from, to), classes);
  }

  private static int classes(Path trainFile, int[] train, Path testFile, int[] test) {
    BitSet seen = new BitSet(MOST_CLASSES);
    IntStream.of(train).forEach(seen::set);
    IntStream.of(test).forEach(seen::set);
    int classes = seen.length();
    // Real sets leave out hardly a number; one wild byte would make a network with dead outputs.
    if (classes < 2 || 2 * seen.cardinality() < classes) {
      throw new DataException(
          ("labels of %s and %s reach up to %d with %d different values:"
                  + " a file is damaged or holds no labels")
              .formatted(trainFile, testFile, classes - 1, seen.cardinality()));
    }
    return classes;
  }

  private static void requireSameCount(
      Path imageFile, IdxFiles.Images images, Path labelFile, int[] labels) {
    if (images.size() != labels.length) {
      throw new DataException(
          "%s holds %d images but %s holds %d labels: the files are of different data sets"
              .formatted(imageFile, images.size(), labelFile, labels.length));
    }
  }
}
