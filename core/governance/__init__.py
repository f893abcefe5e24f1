"""What is not as the city's rules want it: findings and the rules that raise them."""
