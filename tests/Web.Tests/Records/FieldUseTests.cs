using System.Net;
using System.Text.Json;

namespace ConsultHub.Tests.Records;

/// <summary>What the hub does with fields that no rule of a roster reads: an answer changes with each of them.</summary>
[Collection(nameof(RecordsHub))]
public sealed class FieldUseTests(RecordsHub hub)
{
    private static string With(string json, string member) =>
        json.Replace("\"networks\"", $"{member},\"networks\"", StringComparison.Ordinal);

    private static string Without(string json) => json.Replace(",\"homeTimeZone\":\"Asia/Seoul\"", "", StringComparison.Ordinal);

    private static async Task<string?> ZoneAsync(EnteredNetwork network, string person) =>
        (string?)(await network.RowsAsync("consultants", $"&id={person}")).Single()["homeTimeZone"];

    [Fact]
    public async Task The_time_zone_of_a_partner_is_that_of_its_new_consultants()
    {
        var network = await hub.PopulatedAsync();
        await network.CreatedAsync($"api/partners/paris?network={network.Id}", """{"name":{"en":"Paris"},"timeZone":"Europe/Paris"}""");
        var (lee, park) = ($"{network.Id}-lee", $"{network.Id}-park");
        var json = Without(network.KimJson("Lee Seo-yeon"));
        (await network.PutAsync($"api/consultants/{lee}", json, onlyNew: true)).Is(
            HttpStatusCode.BadRequest,
            "record.required",
            "$.homeTimeZone"
        );
        await network.CreatedAsync($"api/consultants/{lee}", With(json, "\"home\":\"paris\""));
        Assert.Equal("Europe/Paris", await ZoneAsync(network, lee));

        var file = $"id,name.en,home\n{park},Park Ji-ho,paris\n{lee},Lee Seo-yeon,paris\n{network.Kim},Kim Min-jun,paris\n";
        await network.ImportedAsync("consultants", file, "&new=2");
        Assert.Equal("Europe/Paris", await ZoneAsync(network, park));
        // A consultant whom the hub knows keeps the zone.
        Assert.Equal("Asia/Seoul", await ZoneAsync(network, network.Kim));
        file = $"id,name.en,home,homeTimeZone\n{network.Id}-a,Ahn Da-in,paris,Asia/Dubai\n{network.Id}-b,Bae Su-bin,paris,\n";
        await network.ImportedAsync("consultants", file);
        Assert.Equal(
            ["Asia/Dubai", "Europe/Paris"],
            [await ZoneAsync(network, $"{network.Id}-a"), await ZoneAsync(network, $"{network.Id}-b")]
        );
        Assert.Equal(
            [(2, "record.required", "homeTimeZone")],
            await network.RefusedAsync("consultants", $"id,name.en,home\n{network.Id}-c,Cho Yu-na,\n")
        );
    }

    [Fact]
    public async Task A_licence_that_another_consultant_has_at_the_hospital_is_asked_about()
    {
        var network = await hub.PopulatedAsync();
        string Licensed(string licence) => network.CredentialJson().Replace("{", $"{{\"licence\":\"{licence}\",", StringComparison.Ordinal);
        var lee = $"{network.Id}-lee";
        await network.CreatedAsync($"api/consultants/{lee}", network.KimJson("Lee Seo-yeon"));
        (await network.PutAsync($"api/consultants/{network.Kim}/credentials/heart", Licensed("DHA-17"), "*")).Is(HttpStatusCode.OK);
        // The same consultant has one licence for several specialties.
        await network.CreatedAsync($"api/consultants/{network.Kim}/credentials/again", Licensed("DHA-17"));

        var path = $"api/consultants/{lee}/credentials/heart";
        var asked = await network.PutAsync(path, Licensed("dha-17 "), onlyNew: true);
        asked.Is(HttpStatusCode.Conflict, "credential.same-licence", "$.licence");
        Assert.Contains("Kim Min-jun", asked.Detail, StringComparison.Ordinal);
        var file =
            "consultant,id,hospital,specialty,from,to,licence\n" + $"{lee},heart,{network.North},cardiology,2027-01-01,2027-12-31,DHA-17\n";
        Assert.Equal([(2, "credential.same-licence", "licence")], await network.RefusedAsync("credentials", file));
        var preview = (await network.ImportAsync("credentials", file, preview: true)).Json;
        Assert.True(preview.GetProperty("rows")[0].GetProperty("overridable").GetBoolean());
        await network.CreatedAsync(path, Licensed("DHA-18"));
        (await network.PutAsync(path, Licensed("DHA-17"), "*", reason: "Two people, the register is wrong")).Is(HttpStatusCode.OK);
        // What stood before is not asked about again.
        var later = network.CredentialJson(network.Start.AddDays(60)).Replace("{", "{\"licence\":\"DHA-17\",", StringComparison.Ordinal);
        (await network.PutAsync(path, later, "*")).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_licence_that_a_file_gives_to_two_consultants_is_asked_about()
    {
        var network = await hub.PopulatedAsync();
        var lee = $"{network.Id}-lee";
        await network.CreatedAsync($"api/consultants/{lee}", network.KimJson("Lee Seo-yeon"));
        string Row(string who, string id, string licence) => $"{who},{id},{network.North},cardiology,2027-01-01,2027-12-31,{licence}\n";
        const string Header = "consultant,id,hospital,specialty,from,to,licence\n";
        var file =
            Header + Row(network.Kim, "a", "DHA-17") + Row(network.Kim, "b", "DHA-17") + Row(lee, "a", " dha-17") + Row(lee, "b", "DHA-18");
        Assert.Equal([(4, "credential.same-licence", "licence")], await network.RefusedAsync("credentials", file));
        var preview = (await network.ImportAsync("credentials", file, preview: true)).Json;
        Assert.Equal(
            (3, 0, 1),
            (preview.GetProperty("added").GetInt32(), preview.GetProperty("changed").GetInt32(), preview.GetProperty("refused").GetInt32())
        );
        Assert.Equal([4, 2, 3, 5], preview.GetProperty("rows").EnumerateArray().Select(r => r.GetProperty("line").GetInt32()));
        (await network.ImportAsync("credentials", file, reason: "Two people")).Is(HttpStatusCode.OK);
        Assert.Equal(5, (await network.RowsAsync("credentials")).Count);
    }

    [Fact]
    public async Task What_an_engagement_needs_is_in_files_and_a_room_that_lacks_it_is_asked_about()
    {
        var network = await hub.PopulatedAsync();
        string File(string id, string needs, double hour) =>
            "id,kind,title,hospital,room,specialty,start,end,needs\n"
            + $"{id},lecture,Lecture,{network.North},clinic-1,cardiology,{EnteredNetwork.Iso(network.Start.AddHours(hour))},"
            + $"{EnteredNetwork.Iso(network.Start.AddHours(hour + 1))},{needs}\n";
        Assert.Equal([(2, "roster.room-equipment", "needs")], await network.RefusedAsync("engagements", File("e-1", "Projector", 0)));
        (
            await network.PutAsync(
                network.RoomPath,
                """{"name":{"en":"Clinic 1"},"capacity":6,"equipment":["projector","Microphones"]}""",
                "*"
            )
        ).Is(HttpStatusCode.OK);
        await network.ImportedAsync("engagements", File("e-1", "Projector;Microphones", 0));
        Assert.Equal(["Projector", "Microphones"], (await network.EngagementAsync("e-1")).Needs);
        Assert.Contains(",Projector;Microphones,", await network.ExportAsync("engagements"), StringComparison.Ordinal);
        Assert.Contains(",projector;Microphones,", await network.ExportAsync("rooms"), StringComparison.Ordinal);
        Assert.Equal(
            [(2, "record.too-many", "needs")],
            await network.RefusedAsync("engagements", File("e-2", "1;2;3;4;5;6;7;8;9;10;11", 1))
        );
    }

    [Fact]
    public async Task Hours_for_a_part_of_the_year_lead_to_a_hint()
    {
        var network = await hub.PopulatedAsync();
        var path = $"api/hospitals/{network.North}/calendar/hours/x?preview=true";
        async Task<string[]> HintsAsync(string hours)
        {
            var preview = (await network.PutAsync(path, hours, onlyNew: true)).Is(HttpStatusCode.OK).Json;
            return [.. preview.GetProperty("hints").EnumerateArray().Select(h => h.GetProperty("code").GetString()!)];
        }
        const string Ramadan = """{"day":"monday","opens":"09:00:00","closes":"14:00:00","from":"2027-02-08","until":"2027-03-09"}""",
            Always = """{"day":"tuesday","opens":"08:00:00","closes":"16:00:00"}""";
        Assert.Equal(["calendar.closed-otherwise"], await HintsAsync(Ramadan));
        Assert.Empty(await HintsAsync(Always));
        await network.CreatedAsync($"api/hospitals/{network.North}/calendar/hours/x", Always);
        Assert.Empty(await HintsAsync(Ramadan));
    }
}
