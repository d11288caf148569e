using System.Reflection;
using System.Text.Json.Nodes;
using ConsultHub.Rostering;
using ConsultHub.Tests.Fixtures;

namespace ConsultHub.Tests.Hosting;

public sealed class DescriptionTests(DemoHub hub)
{
    private async Task<JsonNode> DocumentAsync() => JsonNode.Parse(await hub.Coordinator.Http.GetStringAsync("openapi/v1.json"))!;

    [Fact]
    public async Task The_description_gives_every_operation_an_answer_and_those_below_api_a_problem_schema()
    {
        var document = await DocumentAsync();
        Assert.StartsWith("3.", (string)document["openapi"]!, StringComparison.Ordinal);
        foreach (var (path, operations) in document["paths"]!.AsObject())
        {
            foreach (var (method, operation) in operations!.AsObject())
            {
                var answers = operation!["responses"]!.AsObject().Where(r => r.Key[0] == '2').ToList();
                Assert.True(answers.Count > 0, $"{method} {path} has no answer.");
                Assert.All(
                    answers,
                    a =>
                        Assert.True(
                            a.Key == "204"
                                || a.Value!["content"]!.AsObject() is { Count: > 0 } types
                                    && types.All(t => t.Value!["schema"] is not null),
                            $"{method} {path} {a.Key} has no schema."
                        )
                );
                if (path.StartsWith("/api/", StringComparison.Ordinal))
                    Assert.Equal(
                        "#/components/schemas/Problem",
                        (string?)operation["responses"]!["4XX"]!["content"]!["application/problem+json"]!["schema"]!["$ref"]
                    );
            }
        }
    }

    [Fact]
    public async Task The_stored_schemas_from_which_the_clients_types_are_made_match_the_hub()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Hub.sln")))
            folder = folder.Parent;
        var kept = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder!.FullName, "src/Web/client/openapi.json")))!;
        Assert.True(
            JsonNode.DeepEquals(kept["components"], (await DocumentAsync())["components"]),
            "Print the description again and make the client's types from it, as docs/contributing.md says."
        );
    }

    [Fact]
    public async Task Every_reference_in_the_description_resolves_and_every_path_parameter_is_described()
    {
        var document = await DocumentAsync();
        foreach (
            var reference in All(document)
                .OfType<JsonObject>()
                .Select(o => o["$ref"])
                .OfType<JsonValue>()
                .Select(r => (string)r!)
                .Distinct()
        )
            Assert.NotNull(reference.Split('/').Skip(1).Aggregate(document, (node, step) => node?[step]!));
        foreach (var (path, operations) in document["paths"]!.AsObject())
        foreach (var (_, operation) in operations!.AsObject())
            Assert.Equal(
                path.Split('/').Where(s => s.StartsWith('{')).Select(s => s[1..s.IndexOf('}')]).Order(), // also of {id}.csv
                (operation!["parameters"]?.AsArray() ?? []).Where(p => (string)p!["in"]! == "path").Select(p => (string)p!["name"]!).Order()
            );
    }

    [Fact]
    public async Task The_description_contains_every_roster_command()
    {
        var document = await DocumentAsync();
        var described = document["components"]!["schemas"]!["RosterCommand"]!["discriminator"]!["mapping"]!.AsObject().Select(m => m.Key);
        var known = typeof(RosterCommand)
            .Assembly.GetTypes()
            .Where(t => t.IsSubclassOf(typeof(RosterCommand)))
            .Select(t => t.GetCustomAttribute<JsonTypeNameAttribute>()?.Name)
            .OfType<string>();
        Assert.NotEmpty(known);
        Assert.Equal(known.Order(), described.Order());
    }

    private static IEnumerable<JsonNode> All(JsonNode? node) =>
        node switch
        {
            JsonObject inner => inner.Select(p => p.Value).SelectMany(All).Prepend(inner),
            JsonArray items => items.SelectMany(All).Prepend(items),
            null => [],
            _ => [node],
        };
}
