"""What those who publish ask of a database and keep in it: public views, search, news, issues, messages."""
