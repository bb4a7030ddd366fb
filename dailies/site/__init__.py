"""The pages of a database in a folder: what they tell, what changed, what is kept between builds, and serving them."""
