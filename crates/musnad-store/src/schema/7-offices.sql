-- Who holds an office is found by its title.
CREATE INDEX roles_by_title ON roles (title, person, institution);
