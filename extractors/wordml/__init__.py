"""WordprocessingML: what a person sees of it in Word, as blocks."""
