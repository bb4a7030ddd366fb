# docker build -t dailies . && docker run -d --restart unless-stopped --stop-timeout 180 -v dailies:/srv/dailies \
#   -e DAILIES_TIME_ZONE=Europe/Berlin -e DAILIES_CONTACT=operator@example.org dailies
FROM python:3.11-slim
WORKDIR /opt/dailies
COPY requirements.lock pyproject.toml README.md LICENSE ./
RUN pip install --no-cache-dir -r requirements.lock
COPY dailies dailies
COPY crawlers crawlers
COPY pipeline pipeline
COPY db db
COPY reports reports
RUN pip install --no-cache-dir --no-deps . && useradd --create-home --home-dir /srv/dailies dailies
USER dailies
WORKDIR /srv/dailies
VOLUME /srv/dailies
ENTRYPOINT ["dailies"]
CMD ["schedule"]
