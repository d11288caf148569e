using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ConsultHub.Conferences;
using ConsultHub.Conferences.Edits;
using ConsultHub.Tests.Fixtures;
using ConsultHub.Web;
using ConsultHub.Web.Conferences;

namespace ConsultHub.Tests.Conferences;

/// <summary>Coordinators create, edit, withdraw and delete conferences and sessions without a file, over HTTP.</summary>
public sealed class ConferenceEditsTests(DemoHub hub)
{
    private static readonly DateTimeOffset Ten = new(2027, 3, 1, 6, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_conference_and_its_sessions_are_made_read_changed_and_removed_with_tags()
    {
        var path = await CreateAsync();
        using var read = await hub.Coordinator.Http.GetAsync(path);
        var tag = read.Headers.ETag!.ToString();
        Assert.False(read.Headers.ETag.IsWeak);
        // What was read can be sent back as it is.
        var record = (await read.Content.ReadFromJsonAsync<JsonObject>())!;
        using var same = await SendAsync(HttpMethod.Put, path, record, ("If-Match", tag));
        Assert.Equal((HttpStatusCode.OK, tag), (same.StatusCode, same.Headers.ETag!.ToString()));
        record["titleKo"] = "학회";
        using var changed = await SendAsync(HttpMethod.Put, path, record, ("If-Match", tag));
        Assert.NotEqual(tag, changed.Headers.ETag!.ToString());

        using var late = await SendAsync(HttpMethod.Put, path, record, ("If-Match", tag));
        var (status, now) = await AnswerAsync(late);
        Assert.Equal((412, "record.changed"), (status, (string)now["code"]!));
        Assert.Equal(("학회", changed.Headers.ETag.ToString()), ((string)now["current"]!["titleKo"]!, (string)now["tag"]!));
        Assert.Equal(late.Headers.ETag, changed.Headers.ETag);
        Assert.Equal((428, "record.condition-missing"), await CodeAsync(SendAsync(HttpMethod.Put, path, record)));
        Assert.Equal((412, "record.changed"), await CodeAsync(SendAsync(HttpMethod.Put, path, record, ("If-None-Match", "*"))));
        Assert.Equal((400, "request.bad-parameter"), await CodeAsync(SendAsync(HttpMethod.Put, path, record, ("If-Match", "not a tag"))));

        var session = $"{path}/sessions/{Path.GetFileName(path)}-one";
        var talk = Talk("A talk");
        using var made = await SendAsync(HttpMethod.Put, session, talk, ("If-None-Match", "*"));
        Assert.Equal((HttpStatusCode.Created, "/" + session), (made.StatusCode, made.Headers.Location!.ToString()));
        using var again = await hub.Coordinator.Http.GetAsync(session);
        var stored = (await again.Content.ReadFromJsonAsync<JsonObject>())!;
        Assert.Equal((45, "none", false), ((int)stored["duration"]!, (string)stored["booking"]!, (bool)stored["draft"]!));
        using var unchanged = await SendAsync(HttpMethod.Put, session, stored, ("If-Match", again.Headers.ETag!.ToString()));
        Assert.Equal(again.Headers.ETag, unchanged.Headers.ETag);
        Assert.Equal(
            (400, "record.bad-id"),
            await CodeAsync(SendAsync(HttpMethod.Put, $"{path}/sessions/demo-congress-one", talk, ("If-None-Match", "*")))
        );

        Assert.Equal((428, "record.condition-missing"), await CodeAsync(SendAsync(HttpMethod.Delete, session, null)));
        using var removed = await SendAsync(HttpMethod.Delete, session, null, ("If-Match", "*"));
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.Equal((404, "session.unknown"), await CodeAsync(hub.Coordinator.Http.GetAsync(session)));
        var gone = await AnswerAsync(await SendAsync(HttpMethod.Put, session, talk, ("If-Match", again.Headers.ETag.ToString())));
        Assert.Equal((412, "record.changed"), (gone.Status, (string)gone.Answer["code"]!));
        Assert.Null(gone.Answer["current"]);
    }

    [Fact]
    public async Task A_repeated_command_id_is_decided_once_and_a_preview_stores_nothing()
    {
        var path = await CreateAsync();
        var session = $"{path}/sessions/{Path.GetFileName(path)}-one";
        using var preview = await SendAsync(HttpMethod.Put, $"{session}?preview=true", Talk("A talk"), ("If-None-Match", "*"));
        Assert.False((await preview.Content.ReadFromJsonAsync<EditEffects>(HubJson.Options))!.NeedsReason);
        Assert.Equal((404, "session.unknown"), await CodeAsync(hub.Coordinator.Http.GetAsync(session)));
        var command = Guid.NewGuid().ToString();
        using var first = await SendAsync(HttpMethod.Put, session, Talk("A talk"), ("If-None-Match", "*"), ("X-Command-Id", command));
        using var second = await SendAsync(HttpMethod.Put, session, Talk("A talk"), ("If-None-Match", "*"), ("X-Command-Id", command));
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
        Assert.Equal(first.Headers.ETag, second.Headers.ETag);
    }

    [Fact]
    public async Task A_session_that_somebody_attended_can_only_be_withdrawn_and_its_audience_is_told_why_it_must_be()
    {
        var path = await CreateAsync();
        var (conference, session) = (Path.GetFileName(path), $"{path}/sessions/{Path.GetFileName(path)}-one");
        var talk = Talk("A talk");
        talk["start"] = "2020-03-01T06:00:00Z";
        (await SendAsync(HttpMethod.Put, session, talk, ("If-None-Match", "*"))).EnsureSuccessStatusCode();
        using var attendee = await hub.SignInAsync("p-attendee");
        (
            await attendee.Http.PutAsync($"api/conferences/{conference}/favourites/{Path.GetFileName(session)}", null)
        ).EnsureSuccessStatusCode();
        var ticket = await attendee.GetAsync<AudienceApi.TicketPicture>($"{path}/ticket");
        (
            await hub.Coordinator.Http.PostAsJsonAsync($"{session}/checkins", new AudienceApi.CheckInRequest(ticket.Code), HubJson.Options)
        ).EnsureSuccessStatusCode();
        JsonObject answer = [];
        await Eventually.Async(async () =>
        {
            using var asked = await SendAsync(HttpMethod.Delete, $"{session}?preview=true", null, ("If-Match", "*"));
            answer = (await asked.Content.ReadFromJsonAsync<JsonObject>())!;
            return (int)answer["attended"]! == 1;
        });
        Assert.Equal((1, 1), ((int)answer["uses"]!, (int)answer["favourites"]!));
        foreach (var used in new[] { session, path })
        {
            var refused = await AnswerAsync(await SendAsync(HttpMethod.Delete, used, null, ("If-Match", "*"), ("X-Reason", "Twice")));
            Assert.Equal((409, "record.in-use", 1), (refused.Status, (string)refused.Answer["code"]!, (int)refused.Answer["uses"]!));
            Assert.Equal("attendance", (string)refused.Answer["usedBy"]![0]!["table"]!);
        }
        talk["cancelled"] = true;
        var missing = await AnswerAsync(await SendAsync(HttpMethod.Put, session, talk, ("If-Match", "*")));
        Assert.Equal((409, "conference.reason-missing"), (missing.Status, (string)missing.Answer["code"]!));
        Assert.Equal(1, (int)missing.Answer["effects"]!["told"]!);
        using var withdrawn = await SendAsync(
            HttpMethod.Put,
            session,
            talk,
            ("If-Match", "*"),
            ("X-Reason", Uri.EscapeDataString("المتحدث مريض"))
        );
        Assert.Equal(HttpStatusCode.OK, withdrawn.StatusCode);
        Assert.True((await attendee.GetTopicAsync($"conference/{conference}")).Items.OfType<ConferenceSession>().Single().Cancelled);
    }

    [Fact]
    public async Task A_deleted_conference_answers_404_and_leaves_the_list_and_its_page()
    {
        var path = await CreateAsync();
        var id = Path.GetFileName(path);
        (
            await hub.Coordinator.Http.PutAsJsonAsync($"{path}/public", new PublicApi.Publicity(true), HubJson.Options)
        ).EnsureSuccessStatusCode();
        using var nobody = Caller.Nobody(hub.Address);
        (await nobody.Http.GetAsync($"api/public/conferences/{id}")).EnsureSuccessStatusCode();
        Assert.Contains(await hub.Coordinator.GetAsync<List<ConferenceSummary>>("api/conferences"), c => c.Id.Value == id);
        (await SendAsync(HttpMethod.Delete, path, null, ("If-Match", "*"))).EnsureSuccessStatusCode();
        Assert.Equal((404, "conference.unknown"), await CodeAsync(hub.Coordinator.Http.GetAsync(path)));
        Assert.Equal((404, "conference.unknown"), await CodeAsync(hub.Coordinator.Http.GetAsync($"{path}/sessions/{id}-one")));
        Assert.Equal((404, "conference.unknown"), await CodeAsync(nobody.Http.GetAsync($"api/public/conferences/{id}")));
        Assert.DoesNotContain(await hub.Coordinator.GetAsync<List<ConferenceSummary>>("api/conferences"), c => c.Id.Value == id);
        Assert.Equal((404, "conference.unknown"), await CodeAsync(SendAsync(HttpMethod.Delete, path, null)));
    }

    [Fact]
    public async Task A_withdrawn_conference_is_not_public_and_cannot_be_made_public()
    {
        var path = await CreateAsync();
        (
            await hub.Coordinator.Http.PutAsJsonAsync($"{path}/public", new PublicApi.Publicity(true), HubJson.Options)
        ).EnsureSuccessStatusCode();
        var text = Congress();
        text["withdrawn"] = true;
        using var withdrawn = await SendAsync(HttpMethod.Put, path, text, ("If-Match", "*"));
        Assert.True((await withdrawn.Content.ReadFromJsonAsync<Conference>(HubJson.Options))!.Withdrawn);
        using var nobody = Caller.Nobody(hub.Address);
        Assert.Equal(
            (404, "conference.unknown"),
            await CodeAsync(nobody.Http.GetAsync($"api/public/conferences/{Path.GetFileName(path)}"))
        );
        Assert.Equal(
            (409, "conference.withdrawn"),
            await CodeAsync(hub.Coordinator.Http.PutAsJsonAsync($"{path}/public", new PublicApi.Publicity(true), HubJson.Options))
        );
        Assert.Equal((409, "conference.withdrawn"), await CodeAsync(hub.Coordinator.Http.PostAsync($"{path}/draft", null)));
    }

    [Fact]
    public async Task The_answer_to_an_edit_says_that_it_went_into_the_draft_which_others_do_not_see()
    {
        var path = await CreateAsync();
        var session = $"{path}/sessions/{Path.GetFileName(path)}-one";
        (await SendAsync(HttpMethod.Put, session, Talk("A talk"), ("If-None-Match", "*"))).EnsureSuccessStatusCode();
        (await hub.Coordinator.Http.PostAsync($"{path}/draft", null)).EnsureSuccessStatusCode();
        using var edited = await SendAsync(HttpMethod.Put, session, Talk("Drafted"), ("If-Match", "*"));
        Assert.Equal("true", edited.Headers.GetValues("X-Draft").Single());
        Assert.True((bool)(await edited.Content.ReadFromJsonAsync<JsonObject>())!["draft"]!);
        var renamed = Congress();
        renamed["title"] = "Drafted too";
        using var header = await SendAsync(HttpMethod.Put, path, renamed, ("If-Match", "*"));
        Assert.Equal("true", header.Headers.GetValues("X-Draft").Single());

        using var attendee = await hub.SignInAsync("p-attendee");
        Assert.Equal("A talk", (string)(await attendee.GetAsync<JsonObject>(session))["title"]!);
        Assert.Equal((403, "access.denied"), await CodeAsync(attendee.Http.GetAsync($"{session}?draft=true")));
        Assert.Equal((403, "access.denied"), await CodeAsync(attendee.Http.GetAsync($"{path}?draft=true")));
        Assert.Equal("Drafted", (string)(await hub.Coordinator.GetAsync<JsonObject>($"{session}?draft=true"))["title"]!);
        using var draft = await hub.Coordinator.Http.GetAsync($"{path}?draft=true");
        Assert.Equal(header.Headers.ETag, draft.Headers.ETag);
        Assert.Equal("Congress", (string)(await hub.Coordinator.GetAsync<JsonObject>(path))["title"]!);
    }

    [Theory]
    [InlineData("""{"timeZone":"Asia/Dubai"}""", "record.required", "$.title")]
    [InlineData("""{"title":"T","timeZone":"Nowhere"}""", "record.unknown-zone", "$.timeZone")]
    [InlineData(
        """{"title":"T","timeZone":"Asia/Dubai","firstDay":"2027-03-02","lastDay":"2027-03-01"}""",
        "record.end-before-start",
        "$.lastDay"
    )]
    [InlineData("""{"title":"T","timeZone":"Asia/Dubai","rooms":[{"name":"A"},{"name":"A"}]}""", "record.twice", "$.rooms[1].name")]
    [InlineData(
        """{"title":"T","timeZone":"Asia/Dubai","rooms":[{"name":"A","hospital":"none","room":"r"}]}""",
        "record.unknown-reference",
        "$.rooms[0].hospital"
    )]
    [InlineData("""{"title":"T","timeZone":"Asia/Dubai","rooms":[null]}""", "request.bad-json", "$")]
    [InlineData("""{"title":"T","timeZone":"Asia/Dubai","network":"elsewhere"}""", "access.denied", "$.network")]
    public async Task A_fault_of_a_new_conference_has_a_code_and_a_place(string body, string code, string place)
    {
        var (_, answer) = await AnswerAsync(
            await SendAsync(HttpMethod.Put, $"api/conferences/x-{Guid.NewGuid():N}", (JsonObject)JsonNode.Parse(body)!)
        );
        Assert.Equal((code, place), ((string)answer["code"]!, (string)answer["place"]!));
    }

    [Theory]
    [InlineData("""{"duration":45}""", "record.required", "$.title")]
    [InlineData("""{"title":"T","duration":-1}""", "session.bad-time", "$.duration")]
    [InlineData("""{"title":"T","duration":45,"room":"Nowhere"}""", "session.unknown-room", "$.room")]
    [InlineData(
        """{"title":"T","speakers":[{"name":"A","consultant":"nobody"}]}""",
        "record.unknown-reference",
        "$.speakers[0].consultant"
    )]
    [InlineData("""{"title":"T","speakers":[null]}""", "request.bad-json", "$.speakers")]
    [InlineData("""{"title":"T","speakers":[{}]}""", "record.required", "$.speakers[0].name")]
    public async Task A_fault_of_a_new_session_has_a_code_and_a_place(string body, string code, string place)
    {
        var path = await CreateAsync();
        var (_, answer) = await AnswerAsync(
            await SendAsync(HttpMethod.Put, $"{path}/sessions/{Path.GetFileName(path)}-one", (JsonObject)JsonNode.Parse(body)!)
        );
        Assert.Equal((code, place), ((string)answer["code"]!, (string)answer["place"]!));
    }

    private static JsonObject Congress() =>
        (JsonObject)JsonNode.Parse("""{"title":"Congress","timeZone":"Asia/Dubai","rooms":[{"name":"Hall"}],"tracks":["Heart"]}""")!;

    private static JsonObject Talk(string title) =>
        new()
        {
            ["title"] = title,
            ["start"] = Ten.ToString("O"),
            ["duration"] = 45,
            ["room"] = "Hall",
            ["speakers"] = new JsonArray(new JsonObject { ["name"] = "A guest" }),
        };

    private async Task<string> CreateAsync()
    {
        var path = $"api/conferences/made-{Guid.NewGuid():N}";
        using var made = await SendAsync(HttpMethod.Put, path, Congress(), ("If-None-Match", "*"));
        Assert.True(made.StatusCode == HttpStatusCode.Created, await made.Content.ReadAsStringAsync());
        return path;
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        string path,
        JsonObject? body,
        params (string Name, string Value)[] headers
    )
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        if (body is not null)
            request.Content = JsonContent.Create(body);
        return await hub.Coordinator.Http.SendAsync(request);
    }

    private static async Task<(int Status, JsonObject Answer)> AnswerAsync(HttpResponseMessage response)
    {
        using (response)
            return ((int)response.StatusCode, (await response.Content.ReadFromJsonAsync<JsonObject>())!);
    }

    private static async Task<(int, string)> CodeAsync(Task<HttpResponseMessage> response)
    {
        var (status, answer) = await AnswerAsync(await response);
        return (status, (string)answer["code"]!);
    }
}
