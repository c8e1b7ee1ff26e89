package dev.wireline.docs;

/** What the examples of JSON send and read; JSON-B wants it public, and with a constructor of no parameters. */
public class Item {
  private String name = "";
  private int count;

  public Item() {}

  Item(String name, int count) {
    this.name = name;
    this.count = count;
  }

  public String getName() {
    return name;
  }

  public void setName(String value) {
    name = value;
  }

  public int getCount() {
    return count;
  }

  public void setCount(int value) {
    count = value;
  }
}
