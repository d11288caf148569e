using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using ConsultHub.Tests.Fixtures;

namespace ConsultHub.Tests.Records;

/// <summary>A network that is exported from one hub and imported into another is the same network, field by field.</summary>
[Collection(nameof(RecordsHub))]
public sealed partial class SameNetworkTests(RecordsHub hub, DemoHub demo)
{
    /// <summary>In this order, everything that a row names exists already.</summary>
    private static readonly string[] Order =
    [
        "specialties",
        "networks",
        "policy",
        "partners",
        "partner-holidays",
        "hospitals",
        "rooms",
        "hours",
        "holidays",
        "closures",
        "consultants",
        "procedures",
        "credentials",
        "visits",
        "absences",
        "travel",
        "rota",
    ];

    /// <summary>
    /// The demo has no records of some kinds. These lie in the far future, where no other test plans anything. Their texts are difficult.
    /// </summary>
    private static readonly (string Path, string Json)[] Added =
    [
        (
            "specialties/speech-therapy",
            """{"name":{"en":"Speech therapy","ar":"علاج النطق","ko":"언어치료"},"until":"2099-01-01T00:00:00Z"}"""
        ),
        ("partners/far?network=ehs", """{"name":{"en":"=Far, \"away\";"},"timeZone":"Europe/Paris","until":"2099-01-01T00:00:00Z"}"""),
        (
            "networks/ehs/partner-holidays/far~2090-01-01",
            """{"partner":"far","from":"2090-01-01","until":"2090-01-02","name":"설날; \"new\""}"""
        ),
        ("hospitals/al-qassimi/calendar/holidays/2090-12-02", """{"from":"2090-12-02","until":"2090-12-03","name":"اليوم الوطني"}"""),
        (
            "hospitals/al-qassimi/calendar/hours/x",
            """{"day":"friday","opens":"09:00:00","closes":"11:30:00","from":"2090-02-08","until":"2090-03-09"}"""
        ),
        ("hospitals/al-qassimi/closures/paint", """{"room":"ward","from":"2090-01-01T00:00:00Z","to":"2090-01-02T12:34:56Z"}"""),
        ("hospitals/al-qassimi/closures/all", """{"from":"2091-01-01T00:00:00Z","to":"2091-01-02T00:00:00Z"}"""),
    ];

    private static async Task EnterMissingAsync(EnteredNetwork ehs)
    {
        var kim = (string)(await ehs.RowsAsync("consultants", "&home=asan"))[0]["id"]!;
        foreach (var (path, json) in Added.Skip(1)) // the first one is for an administrator
            (await ehs.PutAsync($"api/{path}", json)).Is(HttpStatusCode.Created);
        (await ehs.PutAsync($"api/consultants/{kim}/absences/far", """{"from":"2090-01-01T00:00:00Z","to":"2090-01-02T00:00:00Z"}""")).Is(
            HttpStatusCode.Created
        );
        (
            await ehs.PutAsync(
                $"api/consultants/{kim}/visits/far",
                """{"network":"ehs","arrival":"2090-01-01T00:00:00Z","departure":"2090-01-02T00:00:00Z","remote":true}"""
            )
        ).Is(HttpStatusCode.Created);
        (
            await ehs.PutAsync(
                $"api/consultants/{kim}/credentials/far",
                """
                {"hospital":"al-qassimi","specialty":"speech-therapy","from":"2090-01-01T00:00:00Z","to":"2090-01-02T00:00:00Z",
                "licence":"-L/1 ②","evidence":"'=file; 7, page \"2\""}
                """
            )
        ).Is(HttpStatusCode.Created);
    }

    [Fact]
    public async Task The_demo_network_in_another_hub_is_the_same()
    {
        using var admin = await demo.SignInAsync("p-admin");
        var (ehs, asAdmin) = (new EnteredNetwork(demo.Coordinator, "ehs"), new EnteredNetwork(admin, "ehs"));
        (await asAdmin.PutAsync($"api/{Added[0].Path}", Added[0].Json)).Is(HttpStatusCode.Created);
        await EnterMissingAsync(ehs);
        var there = new EnteredNetwork(hub.Admin, "ehs");
        foreach (var table in Order)
        {
            var file = await ehs.ExportAsync(table);
            if (table == "rota") // the other hub has other coordinators
                file = Coordinators().Replace(file, $",{hub.Person},");
            Assert.True(file.Split('\n').Length > 2, $"There are no {table}.");
            var query = table is "networks" or "specialties" ? "" : "?network=ehs";
            using var content = new StringContent(file, Encoding.UTF8, "text/csv");
            var answer = await Answer.OfAsync(await hub.Admin.Http.PostAsync($"api/tables/{table}{query}", content));
            answer.Is(HttpStatusCode.OK);
            var (written, found) = (Sorted(file), Sorted(await there.ExportAsync(table)));
            // Other tests have entered specialties too.
            Assert.Equal(written, table == "specialties" ? found.Intersect(written) : found);
            var again = (await there.ImportAsync(table, file, preview: true)).Is(HttpStatusCode.OK).Json;
            Assert.Equal(
                (0, 0, 0),
                (again.GetProperty("added").GetInt32(), again.GetProperty("changed").GetInt32(), again.GetProperty("refused").GetInt32())
            );
        }
        foreach (var path in (string[])["api/hospitals?network=ehs", "api/consultants?network=ehs", "api/networks/ehs"])
            Assert.Equal(Plain((await ehs.GetAsync(path)).Text), Plain((await there.GetAsync(path)).Text));
    }

    [GeneratedRegex(",p-coordinator(-2)?,")]
    private static partial Regex Coordinators();

    [GeneratedRegex("\"(version|id)\":(\\d+|\"[0-9a-f]{12}\")|p-coordinator(-2)?")]
    private static partial Regex Other();

    [GeneratedRegex("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+[+-]\\d\\d:\\d\\d")]
    private static partial Regex Instant();

    /// <summary>
    /// The records without what may differ: versions, the ids of records that the demo stored without one, and the zones of instants.
    /// </summary>
    private string Plain(string json) =>
        Instant()
            .Replace(
                Other().Replace(json, "").Replace(hub.Person, "", StringComparison.Ordinal).Replace(",}", "}", StringComparison.Ordinal),
                at => EnteredNetwork.Iso(DateTimeOffset.Parse(at.Value, CultureInfo.InvariantCulture))
            );

    private static IEnumerable<string> Sorted(string file) => file.Split("\r\n").Order(StringComparer.Ordinal);

    [Fact]
    public async Task A_policy_in_another_network_is_the_same()
    {
        var (from, to) = (await hub.NetworkAsync(), await hub.NetworkAsync());
        const string Policy = """
            {"consultantOverlap":"warn","roomOverlap":"ignore","credential":"warn","visit":"ignore","closure":"warn","travel":"ignore",
            "rest":"refuse","workingHours":"refuse","roomCapacity":"ignore","roomEquipment":"refuse","hospitalLimit":"refuse",
            "travelMargin":"00:20:00","minimumRest":"10:30:00","hospitalsPerConsultant":7,"answerMargin":"1.02:00:00",
            "arrivalFrom":"03:00:00","patientLanguages":["ar","ur","en"]}
            """;
        (await from.PutAsync($"api/networks/{from.Id}/policy", Policy, "*")).Is(HttpStatusCode.OK);
        var file = (await from.ExportAsync("policy")).Replace(from.Id, to.Id, StringComparison.Ordinal);
        await to.ImportedAsync("policy", file);
        Assert.Equal(file, await to.ExportAsync("policy"));
        Assert.Equal((await from.GetAsync($"api/networks/{from.Id}/policy")).Tag, (await to.GetAsync($"api/networks/{to.Id}/policy")).Tag);
    }
}
