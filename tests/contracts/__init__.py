"""What every unit must do, in memory and on both databases."""
