using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ConsultHub.Tests.Fixtures;

namespace ConsultHub.Tests.Records;

/// <summary>Specialties from code systems and value sets of FHIR over HTTP.</summary>
[Collection(nameof(RecordsHub))]
public sealed class CodeSystemFileTests(RecordsHub hub)
{
    private const string Json = "application/fhir+json",
        Xml = "application/fhir+xml";

    private static Task<Answer> SendAsync(EnteredNetwork network, string file, string type, bool preview = true) =>
        network.ImportAsync("specialties", Encoding.UTF8.GetBytes(file), preview, type: type);

    /// <summary>The outcome of each row that a preview names, with the cells that would be stored.</summary>
    private static async Task<string[]> OutcomesAsync(EnteredNetwork network, string file, string type)
    {
        var report = (await SendAsync(network, file, type)).Is(HttpStatusCode.OK).Json;
        return
        [
            .. report
                .GetProperty("rows")
                .EnumerateArray()
                .OrderBy(r => r.GetProperty("line").GetInt32())
                .Select(r =>
                    r.GetProperty("outcome").GetString()
                    + string.Concat(
                        r.GetProperty("changes").EnumerateArray().Select(c => $" {c.GetProperty("column")}={c.GetProperty("after")}")
                    )
                    + (
                        r.TryGetProperty("code", out var code)
                            ? $" {code} {(r.TryGetProperty("column", out var column) ? column.GetString() : "")}"
                            : ""
                    )
                ),
        ];
    }

    private static string System(string url, string concepts) =>
        $$"""{"resourceType":"CodeSystem","url":"{{url}}","language":"en","concept":[{{concepts}}]}""";

    [Fact]
    public async Task Concepts_become_specialties_with_the_names_that_the_file_has()
    {
        var network = await hub.NetworkAsync();
        var (a, b) = ($"{network.Id}-A b", $"{network.Id}-c");
        var file = System(
            "http://example.org/s",
            $$"""
            {"code":"{{a}}","display":"Hand surgery","designation":[{"language":"ko-KR","value":"수부외과"},{"language":"fr","value":"Main"}],
             "concept":[{"code":"{{b}}","display":"Wrist"}]}
            """
        );
        string[] outcomes = [$"added code={network.Id}-a-b name.en=Hand surgery name.ko=수부외과", $"added code={b} name.en=Wrist"];
        Assert.Equal(outcomes, await OutcomesAsync(network, file, Json));
        Assert.Equal(outcomes, await OutcomesAsync(network, file, "application/json"));
        var xml = $"""
            <CodeSystem xmlns="http://hl7.org/fhir"><url value="http://example.org/s"/>
              <concept><code value="{a}"/><display value="Hand surgery"/>
                <designation><language value="ko"/><value value="수부외과"/></designation>
                <concept><code value="{b}"/><display value="Wrist"/></concept>
              </concept>
            </CodeSystem>
            """;
        Assert.Equal(outcomes, await OutcomesAsync(network, xml, Xml));
        Assert.Equal(outcomes, await OutcomesAsync(network, xml, "text/xml"));

        (await SendAsync(network, file, Json, preview: false)).Is(HttpStatusCode.OK);
        (await SendAsync(network, file, Json, preview: false)).Is(HttpStatusCode.OK);
        foreach (var code in new[] { $"{network.Id}-a-b", b })
            (await network.DeleteAsync($"api/specialties/{code}", "*")).Is(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_concept_of_SNOMED_that_the_hub_knows_is_the_same_specialty()
    {
        var network = await hub.NetworkAsync();
        const string Value = """
            {"resourceType":"ValueSet","compose":{"include":[{"system":"http://snomed.info/sct","concept":[
              {"code":"394579002","display":"Cardiology (qualifier value)"},{"code":"394582007","display":"Dermatology"}]}]}}
            """;
        Assert.Equal(["added code=394582007 snomed=394582007 name.en=Dermatology"], await OutcomesAsync(network, Value, Json));
        // A file that gives the concept to another specialty is refused.
        Assert.Equal(
            [(2, "specialty.same-snomed", "snomed")],
            await network.RefusedAsync("specialties", "code,name.en,snomed\nheart,Heart medicine,394579002\n")
        );
        (await network.PutAsync("api/specialties/heart", """{"name":{"en":"Heart"},"snomed":"394579002"}""", onlyNew: true)).Is(
            HttpStatusCode.Conflict,
            "specialty.same-snomed"
        );
    }

    [Fact]
    public async Task What_has_no_codes_is_refused_with_its_place()
    {
        var network = await hub.NetworkAsync();
        foreach (
            var (file, type, place) in new[]
            {
                ("{\n\"resourceType\":", Json, "line 2, byte 16"),
                ("[]", Json, null),
                ("""{"resourceType":"Patient"}""", Json, null),
                ("""{"resourceType":"CodeSystem","content":"not-present"}""", Json, null),
                ("""{"resourceType":"ValueSet","compose":{"include":[{"system":"http://snomed.info/sct"}]}}""", Json, null),
                ("""{"resourceType":"CodeSystem","concept":[{"code":"\ud800"}]}""", Json, null),
                (string.Concat(Enumerable.Repeat("[", 40)), Json, "line 1, byte 33"),
                ("<CodeSystem>\n<concept>", Xml, "line 2, column 10"),
                ("<!DOCTYPE x [<!ENTITY e \"x\">]><CodeSystem>&e;</CodeSystem>", Xml, null),
                (string.Concat(Enumerable.Repeat("<a>", 40)), Xml, "line 1, column 1"),
                ("code,name.en\nx,X\n", Xml, "line 1, column 1"),
            }
        )
        {
            var refused = (await SendAsync(network, file, type)).Is(HttpStatusCode.UnprocessableEntity, "table.bad-codes");
            Assert.Equal(place, refused.Place);
            Assert.NotEmpty(refused.Detail);
        }
        Assert.Equal(["refused record.required name.en"], await OutcomesAsync(network, System("x", """{"code":"nameless"}"""), Json));
        Assert.Equal(
            ["added code=twice name.en=A", "refused record.twice "],
            await OutcomesAsync(network, System("x", """{"code":"twice","display":"A"},{"code":"TWICE","display":"B"}"""), Json)
        );
    }

    [Theory]
    [InlineData("ValueSet-c80-practice-codes.json", Json, 115), InlineData("CodeSystem-service-type.json", Json, 0)]
    [InlineData("CodeSystem-practitioner-role.json", Json, 0), InlineData("CodeSystem-v2-0276.json", Json, 0)]
    [InlineData("CodeSystem-UKCore-PracticeSettingCode.xml", Xml, 0)]
    [InlineData("CodeSystem-UKCore-PracticeSettingCodeEngland.xml", Xml, 0)]
    public async Task Published_code_systems_are_read(string name, string type, int concepts)
    {
        var path = Path.Combine(SharedFiles.Folder, "codes", name);
        Assert.SkipUnless(File.Exists(path), "The shared code systems are not on this machine.");
        var network = await hub.NetworkAsync();
        var report = (await SendAsync(network, await File.ReadAllTextAsync(path), type)).Is(HttpStatusCode.OK).Json;
        var refused = report.GetProperty("rows").EnumerateArray().Where(r => r.GetProperty("outcome").GetString() == "refused");
        Assert.Empty(refused.Select(r => r.ToString()));
        var all = report.GetProperty("added").GetInt32() + report.GetProperty("same").GetInt32();
        Assert.True(concepts == 0 ? all > 2 : all == concepts, $"{all}");
        // The value set has all specialties of the hub but one.
        Assert.Equal(concepts == 0 ? 0 : 14, report.GetProperty("same").GetInt32());
        Assert.Equal(0, report.GetProperty("changed").GetInt32());
    }

    [Fact]
    public async Task A_list_without_English_names_is_refused_row_by_row()
    {
        var path = Path.Combine(SharedFiles.Folder, "codes", "kr_hira_department_codes.csv");
        Assert.SkipUnless(File.Exists(path), "The shared code systems are not on this machine.");
        var network = await hub.NetworkAsync();
        var refused = await network.RefusedAsync("specialties", await File.ReadAllTextAsync(path));
        Assert.Equal(37, refused.Count);
        Assert.All(refused, r => Assert.Equal(("record.required", "name.en"), (r.Code, r.Column)));
    }
}
