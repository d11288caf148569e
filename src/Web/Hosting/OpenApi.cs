using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ConsultHub.Web.Hosting;

/// <summary>The OpenAPI description of the HTTP endpoints. The client's types are generated from it.</summary>
public static class OpenApi
{
    /// <summary>
    /// The codes that members of the described types can have. The codes of the grains are in one assembly, the codes of the web in
    /// another.
    /// </summary>
    private static readonly ILookup<(Type Type, string Member), string> CodeNames = Codes.Names([
        typeof(Code).Assembly,
        typeof(OpenApi).Assembly,
    ]);

    public static IServiceCollection AddDescription(this IServiceCollection services) =>
        services.AddOpenApi(
            "v1",
            options =>
            {
                options.AddDocumentTransformer(
                    (document, _, _) =>
                    {
                        document.Info = new OpenApiInfo
                        {
                            Title = "Consult Hub",
                            Version = "1",
                            Description =
                                "Live coordination of visiting-consultants programmes. "
                                + "Every request that changes something (POST, PUT, PATCH, DELETE) carries the header `X-Hub: 1`, "
                                + "which pages of other sites cannot send. "
                                + "Without it the answer is 400 with the code request.header-missing. "
                                + "Only signing in, POST /api/session, needs no such header.",
                        };
                        document.Servers = [];
                        DescribeRefusals(document);
                        return Task.CompletedTask;
                    }
                );
                options.AddSchemaTransformer(
                    (schema, context, _) =>
                    {
                        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
                        if (
                            type == typeof(Week)
                            || type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ITextId<>))
                        )
                            (schema.Type, schema.Properties, schema.Pattern) = (
                                JsonSchemaType.String,
                                null,
                                type == typeof(Week) ? "^[0-9]{4}-W[0-9]{2}$" : "^[a-z0-9][a-z0-9._-]{0,79}$"
                            );
                        if (type == typeof(DateTimeOffset))
                            (schema.Type, schema.Format) = (
                                schema.Type
                                    ?? (
                                        type == context.JsonTypeInfo.Type
                                            ? JsonSchemaType.String
                                            : JsonSchemaType.String | JsonSchemaType.Null
                                    ),
                                "date-time"
                            );
                        return Task.CompletedTask;
                    }
                );
                options.AddOperationTransformer(
                    (operation, context, _) =>
                    {
                        foreach (var instant in context.Description.ParameterDescriptions)
                            if (
                                instant.ParameterDescriptor?.ParameterType is { } type
                                && (Nullable.GetUnderlyingType(type) ?? type) == typeof(QueryInstant)
                                && operation.Parameters?.FirstOrDefault(p => p.Name == instant.Name)?.Schema is OpenApiSchema described
                            )
                                described.Format = "date-time";
                        return Task.CompletedTask;
                    }
                );
                options.AddOperationTransformer(
                    (operation, context, _) =>
                    {
                        DescribeRoute(operation, context.Description.RelativePath ?? "");
                        return Task.CompletedTask;
                    }
                );
                options.AddSchemaTransformer(DescribeMembersAsync);
            }
        );

    /// <summary>Describes parts of the route that the handler reads from the request itself.</summary>
    private static void DescribeRoute(OpenApiOperation operation, string route)
    {
        foreach (var name in route.Split('/').Where(part => part.StartsWith('{')).Select(part => part.Trim('{', '}', '*').Split(':')[0]))
            if (operation.Parameters?.Any(p => p.Name == name) != true)
                (operation.Parameters ??= []).Add(
                    new OpenApiParameter
                    {
                        Name = name,
                        In = ParameterLocation.Path,
                        Required = true,
                        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                    }
                );
    }

    /// <summary>All endpoints under /api have the same shape of refusal.</summary>
    private static void DescribeRefusals(OpenApiDocument document)
    {
        static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };
        document.AddComponent(
            "Problem",
            new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "RFC 9457 problem details. Refused commands also carry findings and current.",
                Required = new HashSet<string> { "status", "code" },
                Properties = new Dictionary<string, IOpenApiSchema>
                {
                    ["type"] = Text("A reference to the status code's meaning."),
                    ["title"] = Text("The status code in words."),
                    ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" },
                    ["detail"] = Text("An English sentence."),
                    ["code"] = new OpenApiSchema
                    {
                        Type = JsonSchemaType.String,
                        Description = "Stable. Refusals of live connections have these codes too.",
                        Enum = EnumOf(CodeNames[(typeof(Refusal), nameof(Code))]),
                    },
                    ["place"] = Text("Where the fault lies: a JSON path, a parameter's name, or a line of a file."),
                    ["action"] = Text("The action that the person lacks, such as roster.plan. Only with the code access.denied."),
                    ["givenBy"] = Text(
                        "Who can give a role with this action: an administrator, or also a coordinator of the network. "
                            + "It is set if action is set."
                    ),
                },
            }
        );
        foreach (
            var operation in document
                .Paths.Where(p => p.Key.StartsWith("/api/", StringComparison.Ordinal))
                .SelectMany(p => p.Value.Operations ?? [])
        )
            (operation.Value.Responses ??= [])["4XX"] = new OpenApiResponse
            {
                Description = "Refused; the code says why, and nothing was stored.",
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference("Problem", document) },
                },
            };
    }

    /// <summary>
    /// Sets which members are required. An answer always has the members that cannot be null, and leaves out members that are null. A
    /// command may leave out members that have a default. Also describes the items of a list if the framework has not described them.
    /// </summary>
    private static async Task DescribeMembersAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancel)
    {
        var type = context.JsonTypeInfo;
        var element = Nullable.GetUnderlyingType(type.Type) is { IsGenericType: true } list
            ? list.GetGenericArguments()[0]
            : type.ElementType;
        if (type.Kind == JsonTypeInfoKind.Enumerable && element is not null && schema.Items is null or OpenApiSchema { Type: null })
            (schema.Type, schema.Items) = (
                schema.Type ?? JsonSchemaType.Array,
                await context.GetOrCreateSchemaAsync(element, cancellationToken: cancel)
            );
        if (type.Kind != JsonTypeInfoKind.Object || schema.Properties is null)
            return;
        foreach (var member in type.Properties)
            if (schema.Properties.TryGetValue(member.Name, out var found) && found is OpenApiSchema property)
                DescribeCodes(type.Type, member, property);
        var required = schema.Required ??= new HashSet<string>();
        if (schema.Properties.ContainsKey("type"))
            required.Add("type");
        if (type.Type.IsAssignableTo(typeof(ICommand)) && type.Type.IsDefined(typeof(RequiredMemberAttribute)))
            return;
        foreach (var member in type.Properties.Where(p => schema.Properties.ContainsKey(p.Name)))
            if (IsNullable(member))
                required.Remove(member.Name);
            else
            {
                required.Add(member.Name);
                if (schema.Properties[member.Name] is OpenApiSchema { Type: { } kind } described)
                    described.Type = kind & ~JsonSchemaType.Null;
            }
    }

    /// <summary>Describes a member that holds codes as an enumeration of these codes.</summary>
    private static void DescribeCodes(Type type, JsonPropertyInfo member, OpenApiSchema described)
    {
        if (member.AttributeProvider is not PropertyInfo property)
            return;
        var of = property.GetCustomAttribute<CodesOfAttribute>();
        var names = EnumOf(CodeNames[(of?.Type ?? type, of?.Member ?? property.Name)]);
        if (names.Count == 0)
            return;
        if (member.PropertyType == typeof(string))
            described.Enum = names;
        else
            (described.Type, described.Items) = (
                described.Type ?? JsonSchemaType.Array,
                new OpenApiSchema { Type = JsonSchemaType.String, Enum = names }
            );
    }

    private static List<JsonNode> EnumOf(IEnumerable<string> names) => [.. names.Select(name => JsonValue.Create(name))];

    private static bool IsNullable(JsonPropertyInfo member) =>
        Nullable.GetUnderlyingType(member.PropertyType) is not null
        || (
            member.AttributeProvider is PropertyInfo property
            && new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable
        );

    /// <summary>
    /// Writes the description without starting the hub: <c>dotnet run --project src/Web -- openapi FILE</c>. The file stays as it is if
    /// the program fails.
    /// </summary>
    /// <param name="file">Null to print it.</param>
    public static async Task PrintDescriptionAsync(this WebApplication app, string? file)
    {
        app.UseEndpoints(_ => { }); // starting the hub does the same; without this call, the description has no endpoints
        var document = await app.Services.GetRequiredKeyedService<IOpenApiDocumentProvider>("v1").GetOpenApiDocumentAsync();
        var text = await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1);
        if (file is null)
            Console.WriteLine(text);
        else
            await File.WriteAllTextAsync(file, text + '\n');
    }
}
