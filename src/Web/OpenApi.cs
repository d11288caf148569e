using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ConsultHub.Web;

/// <summary>The description of everything over HTTP, from which the client's types are made.</summary>
public static class OpenApi
{
    public static IServiceCollection AddDescription(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "Consult Hub", Version = "1", Description = "Live coordination of visiting-consultants programmes." };
            document.Servers = [];
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
            if (type == typeof(Week) || type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ITextId<>)))
                (schema.Type, schema.Properties, schema.Pattern) = (JsonSchemaType.String, null, type == typeof(Week) ? "^[0-9]{4}-W[0-9]{2}$" : "^[a-z0-9][a-z0-9._-]{0,79}$");
            return Task.CompletedTask;
        });
    });

    /// <summary>Prints the description without starting anything: <c>dotnet run --project src/Web -- openapi</c>.</summary>
    public static async Task PrintDescriptionAsync(this WebApplication app)
    {
        var document = await app.Services.GetRequiredKeyedService<IOpenApiDocumentProvider>("v1").GetOpenApiDocumentAsync();
        Console.WriteLine(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1));
    }
}
