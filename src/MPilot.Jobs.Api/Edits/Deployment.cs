using Microsoft.AspNetCore.Http;

namespace MPilot.Jobs.Api.Edits;

/// <summary>Azure's paths name a deployment, which decides the model whatever the body says.</summary>
internal static class Deployment
{
    /// <summary>The name of the route value.</summary>
    public const string RouteValue = "deployment";

    /// <summary>Makes the deployment of the path, where there is one, the form's model, and warns where the body names another.</summary>
    public static void Decide(EditForm form, HttpRequest request)
    {
        if (request.RouteValues[RouteValue] is not string escaped)
        {
            return;
        }

        // Routing leaves an escaped slash as it is; provider/model has one.
        var deployment = escaped.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        var named = form.Fields.Where(f => f.Name == EditFields.Model).ToList();
        if (named.Count > 1)
        {
            // Left for the validator to refuse.
            return;
        }

        form.Set(EditFields.Model, deployment);
        if (named.Any(f => f.Value != deployment))
        {
            form.Warnings.Add(new(EditFields.Model, null, "ignored", "The deployment in the path decides the model."));
        }
    }
}
